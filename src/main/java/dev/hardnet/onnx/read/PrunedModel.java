package dev.hardnet.onnx.read;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.hardnet.HarDNetException;
import dev.hardnet.onnx.proto.Onnx.ModelProto;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a model message without the elements of its large tensors: they are skipped in the file. */
public final class PrunedModel {
    /** Shapes, sizes and scales are far smaller, weights far larger. */
    private static final int MAX_TENSOR_BYTES = 1 << 16;

    private PrunedModel() {
    }

    /**
     * Reads a file.
     *
     * @param file the ONNX file
     * @return the model: its graph's nodes, inputs, outputs, known shapes, and its tensors, large ones without elements
     * @throws HarDNetException when there is no such file, or it is no ONNX file or cut short
     */
    public static ModelProto read(Path file) {
        ModelProto model = parse(file);
        if (model.getGraph().getNodeCount() == 0) {
            throw new HarDNetException("%s is no ONNX file of a network: it holds no graph with nodes."
                    .formatted(file));
        }
        return model;
    }

    private static ModelProto parse(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return ModelProto.parseFrom(pruned(CodedInputStream.newInstance(in), MessageKind.MODEL));
        } catch (NoSuchFileException missing) {
            throw new HarDNetException("There is no file %s.".formatted(file), missing);
        } catch (InvalidProtocolBufferException invalid) {
            throw new HarDNetException("%s is no ONNX file, or is cut short: it does not follow protobuf's format."
                    .formatted(file), invalid);
        } catch (IOException failure) {
            throw new HarDNetException("%s cannot be read (%s).".formatted(file, failure), failure);
        }
    }

    private static ByteString pruned(CodedInputStream in, MessageKind kind) throws IOException {
        ByteString.Output bytes = ByteString.newOutput();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            copyField(tag, in, kind, out);
        }
        out.flush();
        return bytes.toByteString();
    }

    private static void copyField(int tag, CodedInputStream in, MessageKind kind, CodedOutputStream out)
            throws IOException {
        int field = WireFormat.getTagFieldNumber(tag);
        MessageKind message = kind.message(field);
        if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
            copyNumber(tag, in, kind, out);
        } else if (message != null) {
            int outer = in.pushLimit(in.readRawVarint32());
            out.writeBytes(field, pruned(in, message));
            if (in.getBytesUntilLimit() != 0) {
                throw new InvalidProtocolBufferException("a message ends before its length");
            }
            in.popLimit(outer);
        } else {
            copyBytes(field, in, kind, out);
        }
    }

    private static void copyNumber(int tag, CodedInputStream in, MessageKind kind, CodedOutputStream out)
            throws IOException {
        int field = WireFormat.getTagFieldNumber(tag);
        int type = WireFormat.getTagWireType(tag);
        if (kind.keeps(field) && type == WireFormat.WIRETYPE_VARINT) {
            out.writeUInt64(field, in.readRawVarint64());
        } else if (kind.keeps(field) && type == WireFormat.WIRETYPE_FIXED32) {
            out.writeFixed32(field, in.readRawLittleEndian32());
        } else if (!in.skipField(tag)) {
            throw new InvalidProtocolBufferException("a group ends that never began");
        }
    }

    private static void copyBytes(int field, CodedInputStream in, MessageKind kind, CodedOutputStream out)
            throws IOException {
        int length = in.readRawVarint32();
        boolean large = kind == MessageKind.TENSOR && length > MAX_TENSOR_BYTES;
        if (!kind.keeps(field) || large) {
            in.skipRawBytes(length);
            return;
        }
        out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(length);
        out.writeRawBytes(in.readRawBytes(length));
    }
}
