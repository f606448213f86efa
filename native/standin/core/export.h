// Marks what the stand-in libraries share with each other beside their public functions.
#ifndef HARDNET_STANDIN_EXPORT_H
#define HARDNET_STANDIN_EXPORT_H

#define STANDIN_INTERNAL __attribute__((visibility("default")))

#endif
