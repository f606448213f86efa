package dev.hardnet.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ReportPageTest {
    @Test
    void noTextInTheDataEndsItsElement() {
        assertEquals("[\"\\u003c/script\\u003e\\u003c!--\"]", ReportPage.json(new String[] {"</script><!--"}));
    }

    @Test
    void noStringInAScriptEndsIt() {
        assertEquals("'<\\/script>' + '<\\/SCRIPT' + '<\\!--' + '</b>'",
                ReportPage.script("'</script>' + '</SCRIPT' + '<!--' + '</b>'"));
    }
}
