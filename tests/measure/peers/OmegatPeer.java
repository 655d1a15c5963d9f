// Asks OmegaT's search what it finds: omegat.py compiles and starts this.
//
// A project with nothing in it but one external TMX, which is where OmegaT looks for fuzzy matches besides the project's own text.
// Every query is asked twice; the second time counts. Output, tab-separated: load, nanoseconds; query, nanoseconds, sources found;
// memory, bytes.

import java.io.File;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.omegat.core.Core;
import org.omegat.core.data.ExternalTMX;
import org.omegat.core.data.NotLoadedProject;
import org.omegat.core.data.ProjectProperties;
import org.omegat.core.data.SourceTextEntry;
import org.omegat.core.matching.NearString;
import org.omegat.core.segmentation.SRX;
import org.omegat.core.statistics.FindMatches;
import org.omegat.tokenizer.DefaultTokenizer;
import org.omegat.tokenizer.ITokenizer;
import org.omegat.tokenizer.LuceneArabicTokenizer;
import org.omegat.tokenizer.LuceneEnglishTokenizer;
import org.omegat.tokenizer.LucenePersianTokenizer;
import org.omegat.util.Preferences;
import org.omegat.util.RuntimePreferences;

public class OmegatPeer {
    private static final class OneMemory extends NotLoadedProject {
        final ProjectProperties properties;
        final ITokenizer tokenizer;
        Map<String, ExternalTMX> memories = Collections.emptyMap();

        OneMemory(ProjectProperties properties, ITokenizer tokenizer) {
            this.properties = properties;
            this.tokenizer = tokenizer;
        }

        @Override
        public ProjectProperties getProjectProperties() {
            return properties;
        }

        @Override
        public Map<String, ExternalTMX> getTransMemories() {
            return memories;
        }

        @Override
        public ITokenizer getSourceTokenizer() {
            return tokenizer;
        }

        @Override
        public List<SourceTextEntry> getAllEntries() {
            return Collections.emptyList();
        }

        @Override
        public boolean isProjectLoaded() {
            return true;
        }

        @Override
        public void iterateByDefaultTranslations(DefaultTranslationsIterator iterator) {
        }

        @Override
        public void iterateByMultipleTranslations(MultipleTranslationsIterator iterator) {
        }
    }

    public static void main(String[] arguments) throws Exception {
        File room = new File(arguments[0]);
        File memory = new File(arguments[1]);
        List<String> queries = Files.readAllLines(new File(arguments[2]).toPath(), StandardCharsets.UTF_8);
        PrintStream out = new PrintStream(System.out, false, "UTF-8");
        // OmegaT talks on standard output.
        System.setOut(System.err);
        RuntimePreferences.setConfigDir(room.getPath() + File.separator);
        Preferences.setSRX(SRX.getDefault());

        ProjectProperties properties = new ProjectProperties(room);
        properties.setSourceLanguage(arguments[3]);
        properties.setTargetLanguage(arguments[4]);
        properties.setSentenceSegmentingEnabled(false);
        ITokenizer tokenizer = tokenizer(arguments[3]);
        OneMemory project = new OneMemory(properties, tokenizer);
        Core.setProject(project);

        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        ExternalTMX loaded = new ExternalTMX(properties, memory, false, false);
        project.memories = Collections.singletonMap(memory.getName(), loaded);
        out.println("load\t" + (threads.getCurrentThreadCpuTime() - start));

        FindMatches search = new FindMatches(tokenizer, Integer.parseInt(arguments[5]), false, false);
        for (int pass = 0; pass < 2; pass++) {
            for (String query : queries) {
                start = threads.getCurrentThreadCpuTime();
                List<NearString> found = search.search(project, query, true, false, () -> false);
                long time = threads.getCurrentThreadCpuTime() - start;
                if (pass == 0) {
                    continue;
                }
                StringBuilder line = new StringBuilder("query\t" + time);
                for (NearString one : found) {
                    line.append('\t').append(one.source.replace('\t', ' ').replace('\n', ' '));
                }
                out.println(line);
            }
        }
        for (String line : Files.readAllLines(new File("/proc/self/status").toPath())) {
            if (line.startsWith("VmRSS:")) {
                out.println("memory\t" + Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024);
            }
        }
        out.flush();
        // Its threads would keep the machine running.
        System.exit(0);
    }

    private static ITokenizer tokenizer(String language) {
        switch (language) {
            case "en":
                return new LuceneEnglishTokenizer();
            case "ar":
                return new LuceneArabicTokenizer();
            case "fa":
                return new LucenePersianTokenizer();
            default:
                return new DefaultTokenizer();
        }
    }
}
