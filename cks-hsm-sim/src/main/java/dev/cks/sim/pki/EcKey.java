package dev.cks.sim.pki;

import dev.cks.sim.time.SeededStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.ContentSigner;

/**
 * A P-256 key pair that is a function of its origin, with signatures that are a function of the
 * text (RFC 6979), so that the certificates of a seeded world are the same each time. It protects
 * nothing.
 */
public final class EcKey {
  private static final ECNamedDomainParameters CURVE =
      new ECNamedDomainParameters(
          SECObjectIdentifiers.secp256r1, CustomNamedCurves.getByName("secp256r1"));

  private final ECPrivateKeyParameters secret;
  private final ECPublicKeyParameters open;

  private EcKey(byte[] wide) {
    // twice the length of the order: no value is noticeably likelier than another
    BigInteger scalar =
        new BigInteger(1, wide).mod(CURVE.getN().subtract(BigInteger.ONE)).add(BigInteger.ONE);
    secret = new ECPrivateKeyParameters(scalar, CURVE);
    open = new ECPublicKeyParameters(CURVE.getG().multiply(scalar), CURVE);
  }

  /** The next key of a stream. */
  public static EcKey next(SeededStream stream) {
    byte[] wide = new byte[64];
    stream.fill(wide);
    return new EcKey(wide);
  }

  /** The key of this name, the same in every world. */
  static EcKey named(String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    SHA512Digest digest = new SHA512Digest();
    digest.update(text, 0, text.length);
    byte[] wide = new byte[digest.getDigestSize()];
    digest.doFinal(wide, 0);
    return new EcKey(wide);
  }

  SubjectPublicKeyInfo publicKey() {
    try {
      return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(open);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ContentSigner signer() {
    return new Signer();
  }

  private byte[] sign(byte[] content) {
    SHA256Digest digest = new SHA256Digest();
    digest.update(content, 0, content.length);
    byte[] hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    ECDSASigner ecdsa = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    ecdsa.init(true, secret);
    BigInteger[] signature = ecdsa.generateSignature(hash);
    try {
      return StandardDSAEncoding.INSTANCE.encode(CURVE.getN(), signature[0], signature[1]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Signer implements ContentSigner {
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
      return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    }

    @Override
    public OutputStream getOutputStream() {
      return content;
    }

    @Override
    public byte[] getSignature() {
      return sign(content.toByteArray());
    }
  }
}
