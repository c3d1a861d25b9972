package dev.cks.aws.http;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads requests from a connection, one after the other. It never waits by the clock itself. */
final class RequestReader {
  private static final int DEL = 0x7f;

  private final InputStream in;

  RequestReader(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /** Waits for the first byte of a request; false if the connection ends instead. */
  boolean awaitRequest() throws IOException {
    in.mark(1);
    boolean more = in.read() >= 0;
    in.reset();
    return more;
  }

  /** Reads up to the empty line. */
  Head readHead() throws IOException {
    List<String> lines = new ArrayList<>();
    int left = Limits.HEAD_BYTES;
    for (String line = readLine(left); !line.isEmpty(); line = readLine(left)) {
      lines.add(line);
      left -= line.length() + 2;
    }
    if (lines.isEmpty()) {
      throw HttpFault.malformed("The request line is missing");
    }
    return Head.parse(lines);
  }

  private String readLine(int most) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = next(); c != '\r'; c = next()) {
      // a line that ends in LF alone would be two lines to one reader and one to another
      if ((c < ' ' && c != '\t') || c == DEL) {
        throw HttpFault.malformed("A header holds a control character");
      }
      if (line.length() >= most) {
        throw HttpFault.malformed("The headers are too long");
      }
      line.append((char) c);
    }
    if (next() != '\n') {
      throw HttpFault.malformed("A header holds a control character");
    }
    return line.toString();
  }

  private int next() throws IOException {
    int c = in.read();
    if (c < 0) {
      throw new EOFException("the connection ended within a request");
    }
    return c;
  }

  byte[] readBody(int length) throws IOException {
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the connection ended within a request");
    }
    return body;
  }

  /** Reads and forgets, so that an answer to a request that was not read arrives all the same. */
  void drain(int most) throws IOException {
    byte[] forgotten = new byte[8192];
    int left = most;
    int count = in.read(forgotten);
    while (count >= 0 && left > 0) {
      left -= count;
      count = in.read(forgotten);
    }
  }
}
