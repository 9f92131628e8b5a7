package io.github.lstm4j.data;

/** One column's way to the network and back: {@code (transform(value) − shift) / scale}. */
record ColumnScale(ValueTransform transform, double shift, double scale) {
  boolean usable() {
    return Double.isFinite(shift) && Double.isFinite(scale) && scale > 0;
  }

  double forward(double value) {
    return (transform.apply(value) - shift) / scale;
  }

  double backward(double scaled) {
    return transform.invert(scaled * scale + shift);
  }
}
