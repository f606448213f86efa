/** The public API: load a {@code Model} of a {@code Network}, open a {@code Session}, run it. */
package dev.hardnet;
