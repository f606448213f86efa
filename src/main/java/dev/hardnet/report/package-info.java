/** A network's figures as one page for a browser: its plan, its traffic, its measured times. */
package dev.hardnet.report;
