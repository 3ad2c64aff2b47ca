package dev.qudag.merge.parser;

import dev.qudag.merge.symbol.Language;
import dev.qudag.merge.symbol.SymbolReading;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was read last, by the name of the bytes: the branch's files are the same for the next
 * proposal. Bounded by the bytes of the files, which bound what is known of them.
 */
public final class RecentSymbols {
  private final long mostBytes;
  private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * @param mostBytes of all files together
   */
  public RecentSymbols(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /**
   * @param blob names the bytes
   */
  public record Key(Language language, String blob) {}

  private record Entry(SymbolReading reading, long size) {}

  public synchronized Optional<SymbolReading> find(Key key) {
    return Optional.ofNullable(entries.get(key)).map(Entry::reading);
  }

  /**
   * @param size of the file, in bytes
   */
  public synchronized void keep(Key key, SymbolReading reading, long size) {
    if (size > mostBytes) {
      return;
    }
    var old = entries.put(key, new Entry(reading, size));
    bytes += size - (old == null ? 0 : old.size());
    for (var eldest = entries.entrySet().iterator(); bytes > mostBytes && eldest.hasNext(); ) {
      bytes -= eldest.next().getValue().size();
      eldest.remove();
    }
  }
}
