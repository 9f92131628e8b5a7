/**
 * What a forecast is measured against and how sure it is: classical one-step-ahead forecasters that a network has to
 * beat, the error measure, and prediction intervals.
 */
@NullMarked
package io.github.lstm4j.forecast;

import org.jspecify.annotations.NullMarked;
