/** What a plan reads from and writes to memory through caches of given sizes. */
package dev.hardnet.traffic.cache;
