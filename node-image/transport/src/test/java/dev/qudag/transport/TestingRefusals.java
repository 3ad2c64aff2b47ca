package dev.qudag.transport;

import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Catches the lines about refused peers. */
final class TestingRefusals extends Handler {
  private final Logger logger = Logger.getLogger(RefusalLog.class.getName());
  private final List<String> lines = new CopyOnWriteArrayList<>();

  TestingRefusals() {
    logger.addHandler(this);
  }

  List<String> lines() {
    return lines;
  }

  @Override
  public void publish(LogRecord line) {
    lines.add(MessageFormat.format(line.getMessage(), line.getParameters()));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
