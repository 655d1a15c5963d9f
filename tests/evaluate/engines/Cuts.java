import java.io.File;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import net.sourceforge.segment.srx.SrxDocument;
import net.sourceforge.segment.srx.SrxTextIterator;
import net.sourceforge.segment.srx.io.Srx2SaxParser;
import org.omegat.core.segmentation.MapRule;
import org.omegat.core.segmentation.Rule;
import org.omegat.core.segmentation.SRX;
import org.omegat.core.segmentation.Segmenter;
import org.omegat.util.Language;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Cuts the lines of a file with OmegaT's own code, or with the library that LanguageTool uses. */
public class Cuts {
    public static void main(String[] arguments) throws Exception {
        String engine = arguments[0], rules = arguments[1], language = arguments[2];
        PrintStream out = new PrintStream(System.out, false, "UTF-8");
        for (String line : Files.readAllLines(Paths.get(arguments[3]), StandardCharsets.UTF_8)) {
            for (String segment : cut(engine, rules, language, line.trim())) {
                if (!segment.trim().isEmpty()) {
                    out.println(segment.trim());
                }
            }
        }
        out.flush();
    }

    private static Segmenter omegat;
    private static SrxDocument document;

    private static List<String> cut(String engine, String rules, String language, String line) throws Exception {
        if (engine.equals("omegat")) {
            if (omegat == null) {
                omegat = new Segmenter();
                omegat.setSRX(rules.equals("default") ? SRX.getDefault() : read(rules));
            }
            return omegat.segment(new Language(language), line, null, null);
        }
        if (document == null) {
            document = new Srx2SaxParser().parse(new InputStreamReader(new FileInputStream(rules), StandardCharsets.UTF_8));
        }
        List<String> found = new ArrayList<>();
        SrxTextIterator segments = new SrxTextIterator(document, language, line);
        while (segments.hasNext()) {
            found.add(segments.next());
        }
        return found;
    }

    /** An SRX file as OmegaT's own objects. */
    private static SRX read(String path) throws Exception {
        Document file = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new File(path));
        Map<String, List<Rule>> named = new HashMap<>();
        NodeList languages = file.getElementsByTagName("languagerule");
        for (int i = 0; i < languages.getLength(); i++) {
            Element language = (Element) languages.item(i);
            List<Rule> rules = new ArrayList<>();
            NodeList children = language.getElementsByTagName("rule");
            for (int j = 0; j < children.getLength(); j++) {
                Element rule = (Element) children.item(j);
                rules.add(new Rule(!rule.getAttribute("break").equals("no"), text(rule, "beforebreak"), text(rule, "afterbreak")));
            }
            named.put(language.getAttribute("languagerulename"), rules);
        }
        List<MapRule> map = new ArrayList<>();
        NodeList lines = file.getElementsByTagName("languagemap");
        for (int i = 0; i < lines.getLength(); i++) {
            Element line = (Element) lines.item(i);
            String name = line.getAttribute("languagerulename");
            map.add(new MapRule(name, line.getAttribute("languagepattern"), named.get(name)));
        }
        SRX srx = new SRX();
        srx.setMappingRules(map);
        return srx;
    }

    private static String text(Element rule, String name) {
        return rule.getElementsByTagName(name).item(0).getTextContent();
    }
}
