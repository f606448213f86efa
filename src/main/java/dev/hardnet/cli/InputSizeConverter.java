package dev.hardnet.cli;

import dev.hardnet.InputSize;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads 224 or 512x1024 (rows x columns). */
final class InputSizeConverter implements ITypeConverter<InputSize> {
    @Override
    public InputSize convert(String text) {
        String[] sides = text.split("x", -1);
        try {
            if (sides.length <= 2) {
                return new InputSize(side(sides[0]), side(sides[sides.length - 1]));
            }
        } catch (NumberFormatException notANumber) {
            // Told below, with the whole text.
        }
        throw new TypeConversionException("'" + text + "' is not a size; expected for example 224 or 512x1024 "
                + "(rows x columns)");
    }

    private static int side(String text) {
        int side = Integer.parseInt(text);
        if (side < 1) {
            throw new NumberFormatException();
        }
        return side;
    }
}
