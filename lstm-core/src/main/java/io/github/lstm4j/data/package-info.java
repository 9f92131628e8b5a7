/**
 * Data sources: windows over series, scaling fitted on the training part, missing values.
 */
@NullMarked
package io.github.lstm4j.data;

import org.jspecify.annotations.NullMarked;
