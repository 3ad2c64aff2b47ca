package dev.qudag.consensus.chain;

import static dev.qudag.consensus.chain.TestingChain.BRANCH;
import static dev.qudag.consensus.chain.TestingChain.commit;
import static dev.qudag.consensus.chain.TestingChain.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.EngineDecision;
import dev.qudag.consensus.chain.decision.LandingDecision;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.decision.VoidDecision;
import dev.qudag.consensus.chain.policy.Policy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * A sequence of decisions is valid exactly when each is valid on what its predecessors leave. Most
 * decisions here are made for the state that is reached; some are made earlier and offered late, or
 * offered twice.
 */
class DecisionSequencePropertyTest {
  private static final TestingChain CHAIN = TestingChain.withUpstream(1);

  /** The least that tells whether a decision fits: a second, simpler reading of the rules. */
  private static final class Model {
    private final List<String> heads = new ArrayList<>(List.of(CHAIN.genesis().head()));
    private final List<Decision> landed = new ArrayList<>();
    private final Set<Decision> everLanded = new HashSet<>();
    private Policy policy = CHAIN.genesis().policy();
    private final Set<Decision> changes = new HashSet<>();
    private String engine = "";
    private long policyChanges;
    private long engineChanges;
    private long voids;

    boolean takes(Decision decision) {
      return switch (decision) {
        case LandingDecision landing -> {
          boolean fits =
              landing.base().equals(heads.getLast())
                  && landing.policyDigest().equals(policy.digest())
                  && (engine.isEmpty() || landing.engineDigest().hex().equals(engine))
                  && landing.voids() == voids;
          if (fits) {
            assertThat(everLanded.add(landing)).as("no decision lands twice").isTrue();
            landed.add(landing);
            heads.add(landing.commit());
          }
          yield fits;
        }
        case VoidDecision undone -> {
          int at = landed.stream().map(Decision::digest).toList().indexOf(undone.voided());
          boolean fits = undone.head().equals(heads.getLast()) && at >= 0;
          if (fits) {
            voids++;
            landed.subList(at, landed.size()).clear();
            heads.subList(at + 1, heads.size()).clear();
          }
          yield fits;
        }
        case AdoptDecision adopt -> {
          boolean fits =
              adopt.base().equals(heads.getLast()) && !adopt.commit().equals(adopt.base());
          if (fits) {
            heads.clear();
            landed.clear();
            heads.add(adopt.commit());
          }
          yield fits;
        }
        case PolicyDecision change -> {
          boolean fits = change.sequence() == policyChanges && changes.add(change);
          if (fits) {
            policy = change.next();
            policyChanges++;
          }
          yield fits;
        }
        case EngineDecision change -> {
          boolean fits = change.sequence() == engineChanges && changes.add(change);
          if (fits) {
            engine = change.next().hex();
            engineChanges++;
          }
          yield fits;
        }
        case SetDecision change -> throw new IllegalStateException("not offered here");
      };
    }
  }

  @Property(tries = 60)
  void isValidWhenEachDecisionIsValidOnWhatItsPredecessorsLeave(
      @ForAll @Size(max = 24) List<@IntRange(min = 0, max = 999) Integer> choices) {
    Model model = new Model();
    ChainState state = CHAIN.state();
    List<Decision> offered = new ArrayList<>();
    List<OrderedDecision> valid = new ArrayList<>();
    int step = 0;
    for (int choice : choices) {
      Decision decision = next(state, choice, step++, offered);
      offered.add(decision);
      OrderedDecision ordered = CHAIN.order(decision);
      Applied applied = state.apply(ordered);
      assertThat(applied instanceof Applied.Accepted)
          .as("%s after %s", decision.kind(), valid)
          .isEqualTo(model.takes(decision));
      if (applied instanceof Applied.Accepted(ChainState after)) {
        valid.add(ordered);
        state = after;
      } else {
        assertThat(CHAIN.state().apply(payload(valid, ordered)))
            .as("a block is refused whole")
            .isInstanceOf(Applied.Refused.class);
      }
      assertThat(state.head(BRANCH)).contains(model.heads.getLast());
    }
    assertThat(CHAIN.state().apply(new BlockPayload(valid)))
        .isInstanceOfSatisfying(
            Applied.Accepted.class,
            whole -> assertThat(whole.next().height()).isEqualTo(CHAIN.state().height() + 1));
    assertThat(ChainState.decode(state.encode(), CHAIN.genesis())).isEqualTo(state);
  }

  private static BlockPayload payload(List<OrderedDecision> valid, OrderedDecision last) {
    List<OrderedDecision> all = new ArrayList<>(valid);
    all.add(last);
    return new BlockPayload(all);
  }

  private static Decision next(ChainState state, int choice, int step, List<Decision> offered) {
    Decision any =
        offered.isEmpty() ? CHAIN.merge(state, "first") : offered.get(choice % offered.size());
    return switch (choice % 9) {
      case 0, 1, 2 -> CHAIN.merge(state, "change " + step);
      case 3 -> CHAIN.revert(state, commit("landed " + step));
      case 4 -> CHAIN.takeBack(state, any);
      case 5 -> CHAIN.adopt(state, commit("upstream " + step));
      case 6 ->
          TestingChain.change(
              state,
              new Policy(state.policy().checks(), List.of("step " + step)),
              CHAIN.operator());
      case 7 ->
          CHAIN.engine(
              state,
              state.engine().filter(digest("engine")::equals).isPresent()
                  ? digest("engine 2")
                  : digest("engine"));
      default -> any;
    };
  }
}
