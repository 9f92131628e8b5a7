/** What the tests of several packages share. */
@NullMarked
package io.github.lstm4j.testing;

import org.jspecify.annotations.NullMarked;
