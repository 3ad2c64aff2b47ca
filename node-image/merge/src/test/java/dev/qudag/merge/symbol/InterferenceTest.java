package dev.qudag.merge.symbol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.symbol.Definition.Kind;
import dev.qudag.merge.symbol.SymbolFinding.By;
import dev.qudag.merge.symbol.SymbolFinding.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InterferenceTest {
  private static Definition method(String path, String digest, String signature, String... uses) {
    return new Definition(
        List.of(path.split("[.]")), Kind.Callable, 1, 1, digest, signature, Set.of(uses));
  }

  private static FileSymbols file(Definition... definitions) {
    return new FileSymbols(Language.Java, Arrays.asList(definitions), Set.of());
  }

  private static List<SymbolChange> changed(String path, FileSymbols before, FileSymbols after) {
    return List.of(new SymbolChange(path, Optional.of(before), Optional.of(after)));
  }

  @Test
  void bothChangedOneMethod() {
    var base = file(method("A.f", "1", "s"), method("A.g", "1", "t"));
    var ours = changed("A.java", base, file(method("A.f", "2", "s"), method("A.g", "1", "t")));
    var theirs = changed("A.java", base, file(method("A.f", "3", "s"), method("A.g", "1", "t")));

    assertThat(Interference.of(ours, theirs))
        .containsExactly(new SymbolFinding(Rule.BothChanged, "A.java", "A.f", By.Both, "", ""));
  }

  @Test
  void twoMethodsOfOneFileAreNoSymbolOfBoth() {
    var base = file(method("A.f", "1", "s"), method("A.g", "1", "t"));
    var ours = changed("A.java", base, file(method("A.f", "2", "s"), method("A.g", "1", "t")));
    var theirs = changed("A.java", base, file(method("A.f", "1", "s"), method("A.g", "2", "t")));

    assertThat(Interference.of(ours, theirs)).isEmpty();
  }

  @Test
  void theSameChangeOnBothSidesIsOne() {
    var base = file(method("A.f", "1", "s"));
    var same = changed("A.java", base, file(method("A.f", "2", "s")));

    assertThat(Interference.of(same, same)).isEmpty();
  }

  @Test
  void ofOverloadedMethodsEachStandsForItself() {
    var base = file(method("A.f", "1", "s"), method("A.f", "2", "t"));
    var ours = changed("A.java", base, file(method("A.f", "9", "s"), method("A.f", "2", "t")));
    var theirs = changed("A.java", base, file(method("A.f", "1", "s"), method("A.f", "9", "t")));

    assertThat(Interference.of(ours, theirs)).isEmpty();
  }

  @Test
  void bothAddedOneNameWithOneSignature() {
    var base = file();
    var ours = changed("A.java", base, file(method("A.f", "1", "s")));
    var theirs = changed("A.java", base, file(method("A.f", "2", "s")));
    var overloaded = changed("A.java", base, file(method("A.f", "2", "t")));

    assertThat(Interference.of(ours, theirs))
        .extracting(SymbolFinding::rule)
        .containsExactly(Rule.BothAdded);
    assertThat(Interference.of(ours, overloaded)).isEmpty();
  }

  @Test
  void aChangedSignatureAndANewUseOfIt() {
    var base = file(method("A.f", "1", "s"));
    var ours = changed("p/A.java", base, file(method("A.f", "2", "u")));
    var caller = file(method("B.g", "1", "s"));
    var theirs = changed("p/B.java", caller, file(method("B.g", "2", "s", "A", ".f")));

    var finding =
        new SymbolFinding(Rule.SignatureAndUsed, "p/A.java", "A.f", By.Ours, "p/B.java", "B.g");
    assertThat(Interference.of(ours, theirs)).containsExactly(finding);
    assertThat(finding.sentence())
        .isEqualTo(
            "the branch changed the signature of A.f in p/A.java, which B.g in p/B.java uses");
    assertThat(Interference.of(theirs, ours))
        .extracting(SymbolFinding::by)
        .containsExactly(By.Theirs);
  }

  @Test
  void aChangedBodyAndAChangedUserOfIt() {
    var base = file(method("A.f", "1", "s"));
    var ours = changed("p/A.java", base, file(method("A.f", "2", "s")));
    var user = file(method("B.g", "1", "s", "A", ".f"), method("B.h", "1", "s", "A", ".f"));
    var theirs =
        changed(
            "p/B.java",
            user,
            file(method("B.g", "2", "s", "A", ".f"), method("B.h", "1", "s", "A", ".f")));

    assertThat(Interference.of(ours, theirs))
        .containsExactly(
            new SymbolFinding(Rule.ChangedAndUsed, "p/A.java", "A.f", By.Ours, "p/B.java", "B.g"));
  }

  @Test
  void aUserThatDidNotChangeIsTheOthersConcern() {
    var base = file(method("A.f", "1", "s"));
    var ours = changed("p/A.java", base, file(method("A.f", "2", "u")));
    var theirs =
        changed(
            "p/B.java",
            file(method("B.g", "1", "s", "A", ".f")),
            file(method("B.g", "1", "s", "A", ".f"), method("B.h", "1", "s", "x")));

    assertThat(Interference.of(ours, theirs)).isEmpty();
  }

  @Test
  void aNameOfSomethingElseIsNoUse() {
    var base = file(method("A.get", "1", "s"));
    var ours = changed("p/A.java", base, file(method("A.get", "2", "u")));
    var theirs =
        changed("p/B.java", file(method("B.g", "1", "s")), file(method("B.g", "2", "s", ".get")));

    assertThat(Interference.of(ours, theirs)).as("the file does not name A").isEmpty();
  }

  @Test
  void whatMovedToAnotherFileIsNotRemoved() {
    var base = file(method("A.f", "1", "s"));
    var ours =
        List.of(
            new SymbolChange("p/A.java", Optional.of(base), Optional.empty()),
            new SymbolChange("q/A.java", Optional.empty(), Optional.of(base)));
    var theirs =
        changed(
            "p/B.java", file(method("B.g", "1", "s")), file(method("B.g", "2", "s", "A", ".f")));

    assertThat(Interference.of(ours, theirs)).isEmpty();
  }

  @Test
  void whatIsAddedAnewIsUsedWhereItStands() {
    var base = file(method("A.f", "1", "s"));
    var ours = changed("p/A.java", base, file());
    var theirs =
        changed(
            "p/A.java",
            base,
            file(method("A.f", "1", "s"), method("B.f", "1", "s"), method("B.g", "1", "s", "f")));

    assertThat(Interference.of(ours, theirs)).isEmpty();
  }

  @Test
  void anotherLanguageUsesNothing() {
    var base = file(method("A.f", "1", "s"));
    var ours = changed("p/A.java", base, file());
    var python =
        new FileSymbols(Language.Python, List.of(method("g", "1", "s", "A", ".f")), Set.of());
    var theirs = List.of(new SymbolChange("p/b.py", Optional.empty(), Optional.of(python)));

    assertThat(Interference.of(ours, theirs)).isEmpty();
  }

  @Test
  void filesMadeOfUsesHaveNoMoreFindingsThanAreBounded() {
    var types = IntStream.range(0, 2000).mapToObj(i -> "A" + i).toArray(String[]::new);
    var ours = changed("p/A.java", file(many("A%d.f", "1")), file(many("A%d.f", "2")));
    var user = many("B.g%d", "2");
    user[0] = method("B.g0", "2", "s", types);
    var theirs = changed("p/B.java", file(many("B.g%d", "1")), file(user));

    assertThat(Interference.of(ours, theirs))
        .hasSize(Interference.MOST_FINDINGS)
        .allMatch(finding -> finding.rule() == Rule.ChangedAndUsed);
  }

  private static Definition[] many(String path, String digest) {
    return IntStream.range(0, 2000)
        .mapToObj(i -> method(path.formatted(i), digest, "s", ".f"))
        .toArray(Definition[]::new);
  }
}
