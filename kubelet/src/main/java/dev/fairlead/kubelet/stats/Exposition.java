package dev.fairlead.kubelet.stats;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Metrics in the text format of Prometheus, version 0.0.4. */
final class Exposition {
  private final StringBuilder text = new StringBuilder();
  private String name = "";

  /** Begins a metric; its values follow. */
  void family(String metric, String type, String help) {
    name = metric;
    text.append("# HELP ").append(metric).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(metric).append(' ').append(type).append('\n');
  }

  void value(Map<String, String> labels, double value) {
    line(labels, value, "");
  }

  /** A value that was read at a certain time. */
  void value(Map<String, String> labels, double value, Instant at) {
    line(labels, value, " " + at.toEpochMilli());
  }

  private void line(Map<String, String> labels, double value, String time) {
    text.append(name);
    if (!labels.isEmpty()) {
      text.append('{');
      String separator = "";
      for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
        text.append(separator).append(label.getKey()).append("=\"");
        text.append(escaped(label.getValue())).append('"');
        separator = ",";
      }
      text.append('}');
    }
    String plain = new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    text.append(' ').append(plain).append(time).append('\n');
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
