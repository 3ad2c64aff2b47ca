package dev.qudag.node.workspace.origin;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The answer to a push, in git's report-status format: words for the person, then one verdict for
 * each ref.
 */
final class PushReport {

  private static final int TEXT = 2;
  private static final int REPORT = 1;

  private PushReport() {}

  static byte[] of(PushRequest request, PushJudge.Verdict verdict) {
    return switch (verdict) {
      case PushJudge.Taken taken -> of(request, taken.message(), ref -> "ok " + ref);
      case PushJudge.Refused refused ->
          of(request, refused.message(), ref -> "ng " + ref + " " + oneLine(refused.reason()));
    };
  }

  private static byte[] of(PushRequest request, String message, Function<String, String> line) {
    var report = new ByteArrayOutputStream();
    report.writeBytes(PktLine.of("unpack ok\n"));
    refs(request).forEach(ref -> report.writeBytes(PktLine.of(line.apply(ref) + "\n")));
    report.writeBytes(PktLine.FLUSH);
    return wrap(request.capabilities(), message, report.toByteArray());
  }

  private static List<String> refs(PushRequest request) {
    return request.updates().stream().map(PushRequest.Update::ref).toList();
  }

  private static byte[] wrap(Set<String> capabilities, String message, byte[] report) {
    if (!capabilities.contains("side-band-64k")) {
      return report;
    }
    var answer = new ByteArrayOutputStream();
    message
        .lines()
        .map(line -> clip(line) + "\n")
        .forEach(line -> answer.writeBytes(band(TEXT, line.getBytes(StandardCharsets.UTF_8))));
    answer.writeBytes(band(REPORT, report));
    answer.writeBytes(PktLine.FLUSH);
    return answer.toByteArray();
  }

  private static byte[] band(int number, byte[] data) {
    var bytes = new ByteArrayOutputStream(data.length + 1);
    bytes.write(number);
    bytes.writeBytes(data);
    return PktLine.of(bytes.toByteArray());
  }

  private static String oneLine(String text) {
    return clip(text.replaceAll("\\s+", " ").strip());
  }

  /** Bounded, and free of what could steer a terminal. */
  private static String clip(String text) {
    String plain = text.replaceAll("\\p{Cntrl}", " ");
    return plain.length() <= 1000 ? plain : plain.substring(0, 1000);
  }
}
