#!/usr/bin/env node
// Debian's Firefox as Playwright wants it: Firefox does not know a command that Playwright always sends
// (WebDriver BiDi, colours preferred). The relay answers that one itself and passes on everything else.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { WebSocket, WebSocketServer } from "ws";

const UNKNOWN_TO_FIREFOX = "emulation.setMediaFeaturesOverride";
const READY = /WebDriver BiDi listening on (ws:\/\/\S+)/;

const firefox = spawn(process.env.FIREFOX, process.argv.slice(2), { stdio: ["ignore", "inherit", "pipe"] });
firefox.on("exit", (code) => process.exit(code ?? 1));
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => firefox.kill(signal));
createInterface(firefox.stderr).on("line", (line) => {
  const ready = line.match(READY);
  if (ready) relay(ready[1]);
  else process.stderr.write(`${line}\n`);
});

function relay(address) {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 }, () => {
    process.stderr.write(`WebDriver BiDi listening on ws://127.0.0.1:${server.address().port}\n`);
  });
  server.on("connection", (near, { url }) => {
    const far = new WebSocket(address + url);
    const waiting = [];
    const send = (text) => (far.readyState === WebSocket.OPEN ? far.send(text) : waiting.push(text));
    far.on("open", () => waiting.splice(0).forEach(send));
    far.on("message", (text) => near.send(text.toString()));
    far.on("close", () => near.close());
    near.on("close", () => far.close());
    near.on("message", (text) => {
      const { id, method } = JSON.parse(text);
      if (method === UNKNOWN_TO_FIREFOX) near.send(JSON.stringify({ type: "success", id, result: {} }));
      else send(text.toString());
    });
  });
}
