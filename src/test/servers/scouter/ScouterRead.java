import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import scouter.io.DataInputX;
import scouter.io.DataOutputX;
import scouter.lang.pack.MapPack;
import scouter.lang.pack.Pack;
import scouter.lang.pack.XLogPack;
import scouter.lang.pack.XLogProfilePack;
import scouter.lang.step.CommonSpanStep;
import scouter.lang.step.Step;
import scouter.net.NetCafe;
import scouter.net.RequestCmd;
import scouter.net.TcpFlag;
import scouter.util.CipherUtil;
import scouter.util.DateUtil;
import scouter.util.Hexa32;

/**
 * Reads a trace of today as Scouter's client does, run from its source with the server's jars:
 * port, trace id. A line for each XLog and for each step of its profile.
 */
final class ScouterRead {
    private final DataInputX in;
    private final DataOutputX out;
    private long session;

    private ScouterRead(Socket socket) throws IOException {
        in = new DataInputX(new BufferedInputStream(socket.getInputStream()));
        out = new DataOutputX(new BufferedOutputStream(socket.getOutputStream()));
    }

    public static void main(String[] arguments) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", Integer.parseInt(arguments[0]))) {
            socket.setSoTimeout(10_000);
            new ScouterRead(socket).print(Long.parseUnsignedLong(arguments[1], 16));
        }
    }

    private void print(long traceId) throws IOException {
        out.writeInt(NetCafe.TCP_CLIENT);
        MapPack login = new MapPack();
        login.put("id", "admin");
        login.put("pass", CipherUtil.sha256("admin"));
        login.put("version", "2.20.0");
        login.put("hostname", "test");
        login.put("ip", "127.0.0.1");
        session = ((MapPack) ask(RequestCmd.LOGIN, login).get(0)).getLong("session");
        for (Pack pack : ask(RequestCmd.XLOG_READ_BY_GXID, ofTrace(traceId))) {
            XLogPack xlog = (XLogPack) pack;
            System.out.println("XLOG " + text("service", xlog.service) + " of " + text("object", xlog.objHash) + " took "
                    + xlog.elapsed + " error " + text("error", xlog.error) + " login " + text("login", xlog.login)
                    + " desc " + text("desc", xlog.desc) + " text1 " + xlog.text1 + " type " + xlog.xType);
            MapPack profile = ofTrace(traceId);
            profile.put("txid", xlog.txid);
            profile.put("xlogType", xlog.xType);
            profile.put("max", 100);
            for (Pack answer : ask(RequestCmd.TRANX_PROFILE, profile)) {
                for (Step step : Step.toObjects(((XLogProfilePack) answer).profile)) {
                    String name = step instanceof CommonSpanStep ? text("service", ((CommonSpanStep) step).hash) : "";
                    System.out.println("STEP " + step.getClass().getSimpleName() + " " + name + " " + step);
                }
            }
        }
    }

    private static MapPack ofTrace(long traceId) {
        MapPack question = new MapPack();
        question.put("date", DateUtil.yyyymmdd());
        question.put("gxid", traceId);
        return question;
    }

    private String text(String type, int hash) throws IOException {
        MapPack question = new MapPack();
        question.put("date", DateUtil.yyyymmdd());
        question.put("type", type);
        question.newList("hash").add(hash);
        List<Pack> answers = ask(RequestCmd.GET_TEXT, question);
        return answers.isEmpty() ? "-" : ((MapPack) answers.get(0)).getText(Hexa32.toString32(hash));
    }

    private List<Pack> ask(String command, MapPack question) throws IOException {
        out.writeText(command);
        out.writeLong(session);
        out.writePack(question);
        out.flush();
        List<Pack> answers = new ArrayList<>();
        while (in.readByte() == TcpFlag.HasNEXT) {
            answers.add(in.readPack());
        }
        return answers;
    }
}
