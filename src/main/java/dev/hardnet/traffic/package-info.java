/** What networks move between memory and processor, layer by layer, and what the paper says of it. */
package dev.hardnet.traffic;
