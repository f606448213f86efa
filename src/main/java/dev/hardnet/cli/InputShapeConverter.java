package dev.hardnet.cli;

import dev.hardnet.HarDNetException;
import dev.hardnet.graph.Shape;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads 1x3x224x224 (pictures x channels x rows x columns). */
final class InputShapeConverter implements ITypeConverter<Shape> {
    private static final int CHANNELS = 3;

    @Override
    public Shape convert(String text) {
        String[] sizes = text.split("x", -1);
        try {
            if (sizes.length == 4 && Integer.parseInt(sizes[1]) == CHANNELS) {
                return new Shape(Integer.parseInt(sizes[0]), CHANNELS, Integer.parseInt(sizes[2]),
                        Integer.parseInt(sizes[3]));
            }
        } catch (NumberFormatException notANumber) {
            // Told below, with the whole text.
        } catch (HarDNetException empty) {
            throw new TypeConversionException(empty.getMessage());
        }
        throw new TypeConversionException("'" + text + "' is not an input's shape; expected for example 1x3x224x224 "
                + "(pictures x 3 channels x rows x columns)");
    }
}
