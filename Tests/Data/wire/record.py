#!/usr/bin/env python3
"""Writes the recordings of this folder: what `chimera-gate replay` answered, byte for byte, and streams made by hand in
the forms that other servers document.

    chimera-gate replay ci/sample/recording --port 20799 --speed 50 & python3 Tests/Data/wire/record.py 20799

NAME.req is the request, NAME.http the whole answer, its chunk framing taken off.
"""
import json
import pathlib
import socket
import sys

folder = pathlib.Path(__file__).parent


def exchange(port, request):
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(request)
        answer = b""
        while part := connection.recv(65536):
            answer += part
    head, _, body = answer.partition(b"\r\n\r\n")
    if b"chunked" in head.lower():
        whole = b""
        while body:
            size, _, body = body.partition(b"\r\n")
            if not int(size, 16):
                break
            whole, body = whole + body[: int(size, 16)], body[int(size, 16) + 2:]
        body = whole
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith((b"date", b"transfer-encoding"))]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def record(port, name, method, path, body=None):
    text = json.dumps(body) if body is not None else ""
    request = (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(text)}\r\n\r\n{text}").encode()
    (folder / f"{name}.req").write_bytes(request)
    (folder / f"{name}.http").write_bytes(exchange(port, request))


def made(name, kind, text):
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n"
    (folder / f"{name}.http").write_bytes((head + text).encode())


def events(objects, end="data: [DONE]\n\n"):
    return "".join(f"data: {json.dumps(o, ensure_ascii=False)}\n\n" for o in objects) + end


def chunk(delta, finish=None, **more):
    return {"object": "chat.completion.chunk", "choices": [{"index": 0, "delta": delta, "finish_reason": finish} | more]}


def served(port):
    model = "SmolLM2-135M-Instruct.Q4_1"
    talk = [{"role": "system", "content": "You are terse."}, {"role": "user", "content": "Name three colours."}]
    chat = {"model": model, "messages": talk, "max_tokens": 8, "stream": True}
    record(port, "own_chat_usage", "POST", "/v1/chat/completions", chat | {"stream_options": {"include_usage": True}})
    record(port, "own_chat_plain", "POST", "/v1/chat/completions", chat)
    record(port, "own_chat_whole", "POST", "/v1/chat/completions", chat | {"stream": False})
    record(port, "own_completions", "POST", "/v1/completions", {
        "model": model, "prompt": "Red, green and", "max_tokens": 8, "stream": True,
        "stream_options": {"include_usage": True}})
    record(port, "own_ollama_chat", "POST", "/api/chat", {
        "model": model, "messages": talk, "options": {"num_predict": 8}})
    record(port, "own_ollama_generate", "POST", "/api/generate", {
        "model": model, "prompt": "Red, green and", "options": {"num_predict": 8}})
    record(port, "own_unknown_path", "GET", "/nowhere")
    record(port, "own_wrong_method", "GET", "/v1/chat/completions")
    record(port, "own_health", "GET", "/health")
    record(port, "own_no_messages", "POST", "/v1/chat/completions", {"model": model, "stream": True})
    record(port, "own_unknown_model", "POST", "/api/chat", {"model": "nobody", "messages": talk})


def by_hand():
    stream = "text/event-stream"
    usage = {"choices": [], "usage": {"prompt_tokens": 12, "completion_tokens": 5, "total_tokens": 17}}
    words = ["Grüße", " 👩‍👩‍👧", " naïve", " 日本", "\U0001F600"]
    made("own_emoji", stream, events(
        [chunk({"role": "assistant", "content": None})] + [chunk({"content": w}) for w in words]
        + [chunk({}, "stop"), usage]))
    # The same bytes, escaped as ASCII.
    made("own_emoji_escaped", stream, "".join(
        f"data: {json.dumps(chunk({'content': w}))}\n\n" for w in words) + "data: [DONE]\n\n")
    logs = {"content": [{"token": "Red", "logprob": -0.5, "bytes": [82, 101, 100], "top_logprobs": [
        {"token": "Red", "logprob": -0.5}, {"token": "\"content\":\"no\"", "logprob": -2.25}]}]}
    made("own_logprobs", stream, events(
        [chunk({"content": "Red"}, logprobs=logs), chunk({"content": ","}, logprobs=logs), chunk({}, "length"), usage]))
    made("own_thinking", stream, events(
        [chunk({"reasoning_content": t}) for t in ["Hm", ", three", " colours"]]
        + [chunk({"content": t}) for t in ["Red", " and", " blue"]] + [chunk({}, "stop"), usage]))
    made("own_comments", stream, ": waiting\n\n" + events(
        [chunk({"content": "a"})], end="") + ": still here\n\nevent: message\nid: 7\n" + events([chunk({"content": "b"})])
        .replace("\n", "\r\n"))
    pieces = [f" word{n}" for n in range(60)]
    made("own_long", stream, events([chunk({"content": p}) for p in pieces] + [chunk({}, "stop"), usage]))
    cut = events([chunk({"content": p}) for p in pieces[:5]], end="")
    made("own_cut", stream, cut[:-40])


if __name__ == "__main__":
    by_hand()
    served(int(sys.argv[1]))
