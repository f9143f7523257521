package dev.caravan.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Cursors in a file: one JSON object, entity to row version. Stateless. */
final class CursorFile {
    private CursorFile() {}

    static Map<String, String> read(Path file) {
        Map<String, String> cursors = new LinkedHashMap<>();
        try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("it is not a JSON object");
            }
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String entity = json.currentName();
                if (json.nextToken() != JsonToken.VALUE_STRING) {
                    throw new IOException(entity + " has no text beside it");
                }
                cursors.put(entity, json.getText());
            }
            return cursors;
        } catch (JsonProcessingException broken) {
            throw unreadable(
                    file, "it is not JSON, see line " + broken.getLocation().getLineNr(), broken);
        } catch (IOException unreadable) {
            String why = Files.isDirectory(file) ? "it is a folder" : String.valueOf(unreadable.getMessage());
            throw unreadable(file, Files.exists(file) ? why : "it is not there", unreadable);
        }
    }

    private static CaravanException unreadable(Path file, String why, IOException cause) {
        return new CaravanException(
                FaultKind.CONFIGURATION,
                "FILE_UNREADABLE",
                file.normalize() + " cannot be read as cursors: " + why,
                cause);
    }
}
