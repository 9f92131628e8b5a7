package io.github.lstm4j.cli.lesson;

import java.util.List;

/** What a lesson has to draw; how it is drawn is the command line's business. */
public sealed interface Figure {
  /**
   * What its file is called, without an extension.
   *
   * @return a file's name
   */
  String file();

  /**
   * What it shows.
   *
   * @return a line
   */
  String title();

  /**
   * Curves over one axis.
   *
   * @param file the file's name without an extension
   * @param title what it shows
   * @param xTitle the horizontal axis
   * @param yTitle the vertical axis
   * @param logarithmic whether the vertical axis is: then values that are not positive are left out
   * @param curves at most four, so that their colours can be told apart
   */
  record Curves(String file, String title, String xTitle, String yTitle, boolean logarithmic, List<Curve> curves)
      implements Figure {
    /**
     * Curves over one axis.
     *
     * @throws IllegalArgumentException if there are not 1 to 4 curves
     */
    public Curves {
      curves = List.copyOf(curves);
      if (curves.isEmpty() || curves.size() > 4) {
        throw new IllegalArgumentException(file + " has " + curves.size() + " curves; expected 1 to 4");
      }
    }
  }

  /**
   * One curve.
   *
   * @param name what it is
   * @param x positions, ascending
   * @param y a value for each
   */
  @SuppressWarnings("ArrayRecordComponent") // on its way into a picture, never compared
  record Curve(String name, double[] x, double[] y) {
    /**
     * One curve.
     *
     * @throws IllegalArgumentException if there is not a value for each position
     */
    public Curve {
      if (x.length != y.length || x.length == 0) {
        throw new IllegalArgumentException(name + ": " + x.length + " positions and " + y.length + " values");
      }
    }

    /** Values at 1, 2, 3, … */
    static Curve of(String name, double[] y) {
      double[] x = new double[y.length];
      for (int i = 0; i < x.length; i++) {
        x[i] = i + 1;
      }
      return new Curve(name, x, y);
    }
  }

  /**
   * Numbers over time as colours.
   *
   * @param file the file's name without an extension
   * @param title what it shows
   * @param xTitle the horizontal axis, steps from 1
   * @param bands from the top, all as wide
   */
  record HeatMap(String file, String title, String xTitle, List<Band> bands) implements Figure {
    /** A heat map. */
    public HeatMap {
      bands = List.copyOf(bands);
    }
  }

  /**
   * Rows of a heat map that belong together.
   *
   * @param name what they are
   * @param rows [rows][steps]
   * @param low the number of the first colour; −high where both signs occur
   * @param high the number of the last colour
   */
  @SuppressWarnings("ArrayRecordComponent") // on its way into a picture, never compared
  record Band(String name, double[][] rows, double low, double high) {}
}
