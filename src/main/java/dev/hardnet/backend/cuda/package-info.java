/** Finds out whether an NVIDIA GPU could be used; nothing here computes on one. */
package dev.hardnet.backend.cuda;
