/** A program outside every module, for tests of the module path. */
@NullMarked
package io.github.lstm4j.modulepath;

import org.jspecify.annotations.NullMarked;
