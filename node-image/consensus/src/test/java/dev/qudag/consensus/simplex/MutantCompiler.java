package dev.qudag.consensus.simplex;

import dev.qudag.crypto.Digest;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles one source of the core against the rest of it, in memory. */
final class MutantCompiler {
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  private MutantCompiler() {}

  /** The bytes of the type and of the types within it, by binary name. */
  static Map<String, byte[]> compile(String type, String source) {
    StringWriter complaints = new StringWriter();
    Outputs outputs = new Outputs(COMPILER.getStandardFileManager(null, null, null));
    List<String> options = List.of("-proc:none", "-nowarn", "-cp", classPath());
    boolean compiled =
        COMPILER
            .getTask(complaints, outputs, null, options, null, List.of(new Source(type, source)))
            .call();
    if (!compiled) {
      throw new IllegalStateException("a mutant of " + type + " does not compile: " + complaints);
    }
    return outputs.classes();
  }

  private static String classPath() {
    return Stream.of(Simplex.class, Digest.class)
        .map(MutantCompiler::origin)
        .map(Path::toString)
        .collect(Collectors.joining(System.getProperty("path.separator")));
  }

  private static Path origin(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("no place of " + type, e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String type, String text) {
      super(URI.create("mutant:///" + type.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Output extends SimpleJavaFileObject {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Output(String name) {
      super(URI.create("mutant:///" + name.replace('.', '/') + ".class"), Kind.CLASS);
    }

    @Override
    public OutputStream openOutputStream() {
      return bytes;
    }
  }

  private static final class Outputs extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, Output> byName = new HashMap<>();

    Outputs(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      return byName.computeIfAbsent(name, Output::new);
    }

    Map<String, byte[]> classes() {
      return byName.entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().bytes.toByteArray()));
    }
  }
}
