package io.github.lstm4j.bench.contest;

import io.github.lstm4j.bench.peer.TaskMode;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.TreeSet;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A report as a picture: how many times as fast as each peer, or, for growth, shares of the peak. */
final class ReportPicture {
  private static final int WIDTH = 1200;
  private static final int TICK_SPACING = 120;
  private static final int HEIGHT = 420;

  /** Told apart by colour-blind readers: Okabe and Ito's palette. */
  private static final Color[] COLOURS = {
    new Color(0x00, 0x72, 0xb2), new Color(0xd5, 0x5e, 0x00), new Color(0x00, 0x9e, 0x73), new Color(0xcc, 0x79, 0xa7),
    new Color(0xe6, 0x9f, 0x00), new Color(0x56, 0xb4, 0xe9)
  };

  private ReportPicture() {}

  /** Bars: for each shape and peer, the peer's time divided by ours. */
  static void ratios(Report report, Path folder, String name) throws IOException {
    List<Chart<?, ?>> charts = new ArrayList<>();
    for (TaskMode mode : List.of(TaskMode.STREAM, TaskMode.INFER, TaskMode.TRAIN, TaskMode.GEMM)) {
      for (int threads : new TreeSet<>(report.results().stream().map(MatchResult::threads).toList())) {
        List<MatchResult> results =
            report.results().stream()
                .filter(r -> r.task().mode() == mode && r.threads() == threads && r.fastestPeer() != null)
                .toList();
        if (!results.isEmpty()) {
          charts.add(bars(mode.word() + ", threads: " + threads, results));
        }
      }
    }
    if (!charts.isEmpty()) {
      new PictureFile(charts).write(folder, name);
    }
  }

  private static CategoryChart bars(String title, List<MatchResult> results) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title + ": a peer's time divided by lstm4j's (above 1: lstm4j is faster)")
            .build();
    style(chart.getStyler());
    // Bars of logarithms: upwards is faster, downwards slower, and twice as fast is as long as half as fast.
    chart.getStyler().setYAxisTickLabelsFormattingFunction(doublings -> RatioTable.digits(Math.pow(2, doublings)));
    chart.getStyler().setXAxisLabelRotation(30);
    SequencedSet<String> peers = new LinkedHashSet<>();
    results.forEach(result -> peers.addAll(result.timings().keySet()));
    peers.remove(PeerCommand.OURS);
    List<String> sizes = results.stream().map(result -> result.task().size()).toList();
    for (String peer : peers) {
      chart.addSeries(peer, sizes, results.stream().map(result -> doublings(result.ratio(peer))).toList());
    }
    return chart;
  }

  /** The logarithm to base 2; what was not measured has no bar. */
  private static double doublings(double ratio) {
    return Double.isNaN(ratio) ? 0 : Math.log(ratio) / Math.log(2);
  }

  /** Lines: the share of the peak over the hidden units, a line for each batch. */
  static void growth(Report report, Path folder, String name) throws IOException {
    List<Chart<?, ?>> charts = new ArrayList<>();
    for (TaskMode mode : List.of(TaskMode.INFER, TaskMode.TRAIN)) {
      if (report.results().stream().noneMatch(result -> result.task().mode() == mode)) {
        continue;
      }
      XYChart chart =
          new XYChartBuilder()
              .width(WIDTH)
              .height(HEIGHT)
              .title(mode.word() + ", one thread: % of measured peak")
              .xAxisTitle("hidden units")
              .build();
      style(chart.getStyler());
      chart.getStyler().setXAxisTickMarkSpacingHint(TICK_SPACING);
      chart.getStyler().setXAxisTickLabelsFormattingFunction(ReportPicture::powerOfTwo);
      chart.getStyler().setYAxisMin(0.0);
      chart.getStyler().setYAxisMax(100.0);
      for (int batch : Schedule.GROWTH_BATCHES) {
        List<Double> sizes = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        for (int size : Schedule.GROWTH_SIZES) {
          GrowthTable.result(report, mode, batch, size).ifPresent(result -> {
            sizes.add((double) Integer.numberOfTrailingZeros(size)); // the axis counts doublings
            shares.add(100 * result.shareOfPeak());
          });
        }
        if (!sizes.isEmpty()) {
          chart.addSeries("B " + batch, sizes, shares).setMarker(SeriesMarkers.CIRCLE);
        }
      }
      charts.add(chart);
    }
    if (!charts.isEmpty()) {
      new PictureFile(charts).write(folder, name);
    }
  }

  private static String powerOfTwo(double exponent) {
    return exponent == Math.rint(exponent) ? String.valueOf(1L << (long) exponent) : "";
  }

  private static void style(AxesChartStyler style) {
    style.setLocale(Locale.ROOT);
    style.setChartBackgroundColor(Color.WHITE);
    style.setPlotBorderVisible(false);
    style.setSeriesColors(COLOURS);
    style.setLegendPosition(LegendPosition.OutsideE);
  }
}
