package dev.caravan.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OracleTypesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "VARCHAR2; 25; 0; 0; text(25)",
                "varchar2(30 CHAR); 0; 0; 0; text(30)",
                "VARCHAR2(30); 20; 0; 0; text(20)",
                "NVARCHAR2(10 BYTE); 0; 0; 0; text(10)",
                "CHAR; 1; 0; 0; text(1)",
                "CLOB; 4000; 0; 0; text",
                "ROWID; 0; 0; 0; text",
                "NUMBER; 0; 0; 0; decimal",
                "NUMBER; 0; 10; 2; decimal(10,2)",
                "NUMBER(10,2); 0; 0; 0; decimal(10,2)",
                "NUMBER(10,2); 0; 12; 4; decimal(12,4)",
                "NUMBER; 0; 10; 0; integer(10,0)",
                "NUMBER(18); 0; 0; 0; integer(18,0)",
                "NUMBER(19); 0; 0; 0; decimal(19,0)",
                "NUMBER(38); 0; 0; 0; decimal(38,0)",
                "NUMBER(5,-2); 0; 0; 0; integer(7,0)",
                "NUMBER(38,-10); 0; 0; 0; decimal(48,0)",
                "NUMBER(2,5); 0; 0; 0; decimal(2,5)",
                "NUMBER(*); 0; 0; 0; decimal",
                "NUMBER(*,2); 0; 0; 0; decimal(38,2)",
                "number( 8 , 3 ); 0; 0; 0; decimal(8,3)",
                "NUMBER; 0; 2000; 0; decimal",
                "NUMBER; 0; 38; -9000; decimal",
                "INTEGER; 0; 0; 0; decimal(38,0)",
                "integer; 0; 9; 0; integer(9,0)",
                "FLOAT; 0; 126; 0; decimal",
                "FLOAT(126); 0; 0; 0; decimal",
                "BINARY_DOUBLE; 0; 0; 0; double",
                "BINARY_FLOAT; 0; 0; 0; double",
                "DATE; 0; 0; 0; date",
                "TIMESTAMP; 0; 0; 0; timestamp",
                "TIMESTAMP(6); 0; 0; 0; timestamp",
                "TIMESTAMP(6) WITH TIME ZONE; 0; 0; 0; timestamp",
                "TIMESTAMP WITH TIME ZONE; 0; 0; 0; timestamp",
                "timestamp with local time zone; 0; 0; 0; timestamp",
                "RAW(16); 16; 0; 0; binary",
                "LONG RAW; 0; 0; 0; binary",
                "BLOB; 0; 0; 0; binary",
                "BOOLEAN; 0; 0; 0; boolean",
            })
    void meansAType(String declared, int length, int precision, int scale, String type) {
        assertThat(OracleTypes.of(declared, length, precision, scale)).hasToString("Optional[" + type + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "SDO_GEOMETRY", "XMLTYPE", "VARCHAR2(", "VARCHAR2)", "NUMBER(1,2,3)", "x'; DROP TABLE y"
            })
    void doesNotKnowOthers(String declared) {
        assertThat(OracleTypes.of(declared, 0, 0, 0)).isEmpty();
    }

    @Test
    void theLanguageOfTheMachineDoesNotMatter() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertThat(OracleTypes.of("timestamp", 0, 0, 0)).hasToString("Optional[timestamp]");
            assertThat(OracleTypes.of("integer", 0, 5, 0)).hasToString("Optional[integer(5,0)]");
        } finally {
            Locale.setDefault(before);
        }
    }
}
