/** The vocabulary of networks: operators over feature maps, read through views. */
package dev.hardnet.graph;
