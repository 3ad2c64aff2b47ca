#!/usr/bin/env python3
"""A model endpoint without a model: it has an agent create one file, commit it and push it.

model.py [HOST:]PORT serves, with Python's standard library alone,

  POST /v1/messages          Anthropic Messages, as Claude Code asks
  POST /v1/responses         OpenAI Responses, as Codex asks
  POST /v1/chat/completions  OpenAI Chat Completions, as Aider asks

It keeps nothing: what comes next follows from the request alone, by how many of its tool calls are answered. The task
must hold a sentence of the form

  Create the file NAME with the line TEXT.

Whoever asks for anything else, without the key of the environment variable STUB_MODEL_KEY, or after a command that
failed, gets a status of 4xx with the reason, which is printed too.
"""
import http.server
import json
import os
import re
import shlex
import sys

TASK = re.compile(r"Create the file ([A-Za-z0-9._-]+) with the line ([A-Za-z0-9 ,'-]+)\.")


class Refused(Exception):
    def __init__(self, status, reason):
        super().__init__(reason)
        self.status = status


def need(condition, reason):
    if not condition:
        raise Refused(400, reason)


def texts(value):
    """Every text within a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


def task_in(messages):
    """The file and its one line, from what the user says."""
    asked = [m for m in messages if m.get("role") == "user"]
    for text in texts(asked):
        found = TASK.search(text)
        if found:
            return found.group(1), found.group(2)
    raise Refused(400, "no sentence of the form: Create the file NAME with the line TEXT.")


def commands(name, line):
    """What an agent with a shell does, one command after the other; all of it can be done again."""
    file = shlex.quote(name)
    return [
        f"printf '%s\\n' {shlex.quote(line)} > {file}",
        f"git add {file} && {{ git diff --cached --quiet || git commit --quiet -m {shlex.quote('Add ' + name)}; }}",
        "git push origin HEAD",
    ]


def events(pairs):
    """Server-sent events, in one piece."""
    text = "".join(f"event: {kind}\ndata: {json.dumps({'type': kind, **data})}\n\n" for kind, data in pairs)
    return "text/event-stream", text.encode()


def anthropic(request):
    need(request.get("stream"), "only streams are served")
    need("Bash" in [t.get("name") for t in request.get("tools", [])], "no tool Bash is offered")
    parts = [p for m in request["messages"] if isinstance(m["content"], list) for p in m["content"]]
    answered = [p for p in parts if p.get("type") == "tool_result"]
    for result in answered:
        need(not result.get("is_error"), f"a command failed: {result.get('content')}")
    todo = commands(*task_in(request["messages"]))[len(answered):]
    if todo:
        reason = "tool_use"
        block = {"type": "tool_use", "id": f"toolu_{len(answered)}", "name": "Bash", "input": {}}
        call = {"command": todo[0], "description": "A step of the task"}
        delta = {"type": "input_json_delta", "partial_json": json.dumps(call)}
    else:
        reason = "end_turn"
        block = {"type": "text", "text": ""}
        delta = {"type": "text_delta", "text": "Created, committed and pushed."}
    message = {
        "id": f"msg_{len(answered)}", "type": "message", "role": "assistant", "model": request["model"], "content": [],
        "stop_reason": None, "stop_sequence": None, "usage": {"input_tokens": 1, "output_tokens": 1},
    }
    return events([
        ("message_start", {"message": message}),
        ("content_block_start", {"index": 0, "content_block": block}),
        ("content_block_delta", {"index": 0, "delta": delta}),
        ("content_block_stop", {"index": 0}),
        ("message_delta", {"delta": {"stop_reason": reason, "stop_sequence": None}, "usage": {"output_tokens": 1}}),
        ("message_stop", {}),
    ])


def responses(request):
    need(request.get("stream"), "only streams are served")
    need("exec_command" in [t.get("name") for t in request.get("tools", [])], "no tool exec_command is offered")
    answered = [i for i in request["input"] if i.get("type") == "function_call_output"]
    for result in answered:
        output = " ".join(texts(result["output"]))
        need("exited with code 0" in output, f"a command failed: {output}")
    todo = commands(*task_in(request["input"]))[len(answered):]
    if todo:
        item = {
            "type": "function_call", "id": f"fc_{len(answered)}", "call_id": f"call_{len(answered)}",
            "name": "exec_command", "arguments": json.dumps({"cmd": todo[0], "yield_time_ms": 30000}),
        }
    else:
        said = {"type": "output_text", "text": "Created, committed and pushed.", "annotations": []}
        item = {"type": "message", "id": "msg_last", "role": "assistant", "content": [said]}
    response = {"id": f"resp_{len(answered)}", "object": "response", "model": request["model"]}
    usage = {"input_tokens": 1, "output_tokens": 1, "total_tokens": 2}
    done = {**response, "status": "completed", "output": [item], "usage": usage}
    return events([
        ("response.created", {"response": {**response, "status": "in_progress", "output": []}}),
        ("response.output_item.added", {"output_index": 0, "item": item}),
        ("response.output_item.done", {"output_index": 0, "item": item}),
        ("response.completed", {"response": done}),
    ])


def completions(request):
    need(not request.get("stream"), "no streams are served here: aider --no-stream")
    said = "\n".join(texts([m for m in request["messages"] if m.get("role") == "system"]))
    if "Git commit messages" in said:
        added = re.search(r"^\+\+\+ b/(\S+)", "\n".join(texts(request["messages"])), re.MULTILINE)
        need(added, "a commit message is asked for, and no file is in the diff")
        content = f"Add {added.group(1)}"
    else:
        need("*file listing*" in said, "the edit format is not whole: aider --edit-format whole")
        name, line = task_in(request["messages"])
        content = f"{name}\n```\n{line}\n```\n"
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    answer = {
        "id": "chatcmpl-0", "object": "chat.completion", "created": 0, "model": request["model"],
        "choices": [choice], "usage": usage,
    }
    return "application/json", json.dumps(answer).encode()


APIS = {"/v1/messages": anthropic, "/v1/responses": responses, "/v1/chat/completions": completions}


class Endpoint(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        try:
            # Read first: what is left of a request would be taken for the next one.
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            self.send(200, *self.answer(body))
        except Refused as refused:
            self.refuse(refused.status, str(refused))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            self.refuse(400, f"not a request of this API: {error!r}")

    def answer(self, body):
        api = APIS.get(self.path.split("?")[0])
        if api is None:
            raise Refused(404, f"no API at {self.path}")
        key = os.environ.get("STUB_MODEL_KEY")
        if key and key not in (self.headers.get("x-api-key"), (self.headers.get("authorization") or "")[7:]):
            raise Refused(401, "another key is needed")
        return api(json.loads(body))

    def do_GET(self):
        if self.path == "/healthz":
            self.send(200, "text/plain", b"ok\n")
        else:
            self.refuse(404, f"no API at {self.path}")

    def refuse(self, status, reason):
        print(f"refused with {status}: {reason}", flush=True)
        error = {"type": "invalid_request_error", "message": f"stub model: {reason}"}
        self.send(status, "application/json", json.dumps({"type": "error", "error": error}).encode())

    def send(self, status, kind, body):
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    if len(sys.argv) != 2 or not re.fullmatch(r"([^:]+:)?\d+", sys.argv[1]):
        sys.exit("usage: model.py [HOST:]PORT")
    host, _, port = sys.argv[1].rpartition(":")
    http.server.ThreadingHTTPServer((host, int(port)), Endpoint).serve_forever()
