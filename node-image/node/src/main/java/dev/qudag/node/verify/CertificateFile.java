package dev.qudag.node.verify;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.qudag.consensus.certificate.DecisionCertificate;
import dev.qudag.consensus.certificate.Seal;
import dev.qudag.consensus.certificate.Verification.Proven;
import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.consensus.chain.decision.BatchDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.EngineDecision;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.decision.RevertDecision;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.decision.VoidDecision;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A certificate for people to take home: {@code certificate.json} holds the canonical bytes of the
 * certificate and of its decision in base64, and beside them in words what they prove. Only the
 * bytes are ever read back.
 *
 * @param seals of the epochs before that of the certificate, from the first one on
 */
public record CertificateFile(
    DecisionCertificate certificate, Decision decision, List<Seal> seals) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** The file's fields in their order. */
  private record Form(
      int schema,
      String chainId,
      String decisionDigest,
      String what,
      long height,
      long view,
      List<String> signers,
      String certificate,
      String decision,
      List<String> seals) {}

  /** The fields that are read. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Essence(
      @Nullable String certificate, @Nullable String decision, @Nullable List<String> seals) {}

  public CertificateFile {
    seals = List.copyOf(seals);
  }

  /** The file of a certificate of the first epoch. */
  public CertificateFile(DecisionCertificate certificate, Decision decision) {
    this(certificate, decision, List.of());
  }

  /** The file as JSON, with what it was found to prove. */
  public byte[] write(Proven proven) {
    Form form =
        new Form(
            DecisionCertificate.SCHEMA,
            proven.chainId().hex(),
            proven.decisionDigest().hex(),
            what(),
            proven.height(),
            proven.view(),
            proven.signers(),
            base64(certificate.encode()),
            base64(decision.encode()),
            seals.stream().map(seal -> base64(seal.encode())).toList());
    try {
      return JSON.writeValueAsBytes(form);
    } catch (JacksonException e) {
      throw new IllegalStateException("cannot write a certificate as JSON", e);
    }
  }

  /**
   * The bytes that a file holds, decoded and not yet believed.
   *
   * @throws MalformedEncodingException when it is no JSON of that form, or holds other bytes
   */
  public static CertificateFile read(byte[] json) {
    try {
      Essence essence = JSON.readValue(json, Essence.class);
      return new CertificateFile(
          DecisionCertificate.decode(bytes("certificate", essence.certificate())),
          Decision.decode(bytes("decision", essence.decision())),
          essence.seals() == null ? List.of() : seals(essence.seals()));
    } catch (JacksonException e) {
      throw new MalformedEncodingException(
          "not the JSON of a certificate: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new MalformedEncodingException("not the JSON of a certificate", e);
    }
  }

  /** What the decision does, one line. */
  public String what() {
    return switch (decision) {
      case MergeDecision merge ->
          merge.proposal() + " lands on " + merge.branch() + " as " + merge.commit();
      case RevertDecision revert ->
          revert.revert().reverted()
              + " is undone on "
              + revert.branch()
              + " by "
              + revert.commit();
      case BatchDecision batch ->
          String.join(", ", batch.proposals())
              + " land together on "
              + batch.branch()
              + " as "
              + String.join(", ", batch.commits());
      case VoidDecision undone ->
          "decision " + undone.voided() + " could not land on " + undone.branch();
      case AdoptDecision adopt -> adopt.branch() + " takes over upstream's " + adopt.commit();
      case PolicyDecision change -> "policy " + change.next().digest() + " comes into force";
      case SetDecision change ->
          "epoch "
              + change.change().epoch()
              + " ends: out "
              + change.change().out()
              + ", in "
              + change.change().in().stream().map(Member::name).toList();
      case EngineDecision change -> "merge engine " + change.next() + " comes into force";
    };
  }

  private static List<Seal> seals(List<String> encoded) {
    return encoded.stream().map(seal -> Seal.decode(bytes("seals", seal))).toList();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] bytes(String field, @Nullable String base64) {
    if (base64 == null) {
      throw new MalformedEncodingException("the JSON has no field " + field);
    }
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new MalformedEncodingException("field " + field + " is not base64", e);
    }
  }
}
