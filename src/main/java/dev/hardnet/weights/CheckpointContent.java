package dev.hardnet.weights;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a reader found in a file.
 *
 * @param tensors  tensors by normalised key, in the order of the file
 * @param metadata free text of the file, empty where the format has none
 */
record CheckpointContent(Map<String, StoredTensor> tensors, Map<String, String> metadata) {
    private static final String DATA_PARALLEL_PREFIX = "module.";

    CheckpointContent {
        tensors = Collections.unmodifiableMap(withoutCommonPrefix(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** DataParallel puts its prefix before every key; a key that merely begins like it is left alone. */
    private static Map<String, StoredTensor> withoutCommonPrefix(Map<String, StoredTensor> tensors) {
        Map<String, StoredTensor> stripped = new LinkedHashMap<>();
        for (Map.Entry<String, StoredTensor> entry : tensors.entrySet()) {
            if (!entry.getKey().startsWith(DATA_PARALLEL_PREFIX)) {
                return new LinkedHashMap<>(tensors);
            }
            stripped.put(entry.getKey().substring(DATA_PARALLEL_PREFIX.length()), entry.getValue());
        }
        return stripped;
    }
}
