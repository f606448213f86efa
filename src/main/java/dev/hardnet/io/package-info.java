/** Files, as every other package writes them. */
package dev.hardnet.io;
