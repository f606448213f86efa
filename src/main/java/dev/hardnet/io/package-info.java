/** Files, as every other package writes them, and what the build wrote into the jar. */
package dev.hardnet.io;
