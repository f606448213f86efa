package dev.hardnet.weights;

/** Names found in a file, made fit for one line of a message: a hostile file must not write on the terminal. */
final class Excerpt {
    private static final int MAX_LENGTH = 100;

    private Excerpt() {
    }

    static String of(String found) {
        StringBuilder text = new StringBuilder();
        found.codePoints().limit(MAX_LENGTH).forEach(c -> append(text, c));
        if (found.codePointCount(0, found.length()) > MAX_LENGTH) {
            text.append("...");
        }
        return text.toString();
    }

    private static void append(StringBuilder text, int c) {
        if (isPlain(c)) {
            text.appendCodePoint(c);
        } else {
            text.append("\\u{%x}".formatted(c));
        }
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                 Character.PARAGRAPH_SEPARATOR, Character.UNASSIGNED, Character.PRIVATE_USE -> false;
            default -> true;
        };
    }
}
