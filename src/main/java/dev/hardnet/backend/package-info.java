/** What every device implements, and the implementations below it. */
package dev.hardnet.backend;
