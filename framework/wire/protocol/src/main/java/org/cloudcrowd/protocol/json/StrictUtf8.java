package org.cloudcrowd.protocol.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.io.InputDecorator;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Rejects bytes that are not UTF-8 by RFC 3629. Jackson's decoder accepts overlong forms and
 * surrogates, and detects UTF-16 and UTF-32, which RFC 8259 (section 8.1) does not allow.
 */
final class StrictUtf8 extends InputDecorator {
  private static final long serialVersionUID = 1L;

  @Override
  public InputStream decorate(IOContext context, InputStream in) {
    return new Checked(in);
  }

  @Override
  public InputStream decorate(IOContext context, byte[] bytes, int offset, int length)
      throws IOException {
    new Check().next(ByteBuffer.wrap(bytes, offset, length), true);
    return null;
  }

  @Override
  public Reader decorate(IOContext context, Reader reader) {
    return reader;
  }

  /** The state between the parts of a text. */
  private static final class Check {
    private static final int SCRATCH = 2048;

    /** Reports malformed input. */
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

    private final CharBuffer scratch = CharBuffer.allocate(SCRATCH);
    private ByteBuffer begun = ByteBuffer.allocate(0);
    private long before;

    void next(ByteBuffer part, boolean last) throws JsonParseException {
      var bytes = begun.hasRemaining() ? joined(part) : part;
      int start = bytes.position();
      CoderResult result;
      do {
        scratch.clear();
        result = decoder.decode(bytes, scratch, last);
        refuseNul(bytes.position() - start);
      } while (result.isOverflow());
      before += bytes.position() - start;
      if (result.isError()) {
        throw new JsonParseException(
            null,
            "the text is not UTF-8 from byte "
                + (before + 1)
                + " on, which is 0x"
                + HexFormat.of().toHexDigits(bytes.get(bytes.position())));
      }
      begun = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }

    private void refuseNul(int read) throws JsonParseException {
      scratch.flip();
      while (scratch.hasRemaining()) {
        if (scratch.get() == 0) {
          throw new JsonParseException(
              null,
              "the text has a byte 0 within its first "
                  + (before + read)
                  + " bytes; JSON is UTF-8, and has none");
        }
      }
    }

    private ByteBuffer joined(ByteBuffer part) {
      return ByteBuffer.allocate(begun.remaining() + part.remaining()).put(begun).put(part).flip();
    }
  }

  /** A stream that is checked as it is read. */
  private static final class Checked extends FilterInputStream {
    private final Check check = new Check();

    Checked(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      check.next(ByteBuffer.wrap(bytes, offset, Math.max(read, 0)), read < 0);
      return read;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
