/** Layers as the accelerator simulator SCALE-Sim reads them, and its reports beside our counts. */
package dev.hardnet.traffic.scalesim;
