#!/usr/bin/env python3
"""Talks to a replay server with the official clients of Ollama and OpenAI.

    pip install --require-hashes -r ci/clients/requirements.txt
    chimera-gate replay SESSION --port 11435 &
    python3 ci/clients/test_clients.py --ollama-url http://127.0.0.1:11435 --openai-url http://127.0.0.1:11435

Without one of the two addresses its client is not tested. Exits by 0 when every check held, 1 when one failed.
"""
import argparse
import sys
import time
import traceback

PROMPT = "Analyse the data."


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def raised(error, call):
    try:
        call()
    except error as caught:
        return caught
    raise AssertionError(f"no {error.__name__} was raised")


class Ollama:
    def __init__(self, url):
        import ollama

        self.error = ollama.ResponseError
        self.client = ollama.Client(host=url)
        self.model = self.client.list().models[0].model

    def test_list(self):
        models = self.client.list().models
        expect(len(models) >= 1, "a model is listed")
        expect(len(models[0].digest) == 64, "its digest has 64 digits")
        expect(models[0].details.quantization_level, "its quantization is named")
        expect(models[0].modified_at.tzinfo is not None, "its time has a zone")

    def test_show(self):
        shown = self.client.show(self.model)
        architecture = shown.modelinfo["general.architecture"]
        expect(shown.modelinfo[f"{architecture}.context_length"] > 0, "the context length is said")
        expect("completion" in shown.capabilities, "the model completes")

    def test_ps(self):
        self.client.generate(model=self.model)
        running = self.client.ps().models
        expect([m.model for m in running][:1] == [self.model], "the loaded model is running")
        expect(running[0].context_length > 0, "with its context length")

    def test_generate(self):
        answer = self.client.generate(model=self.model, prompt=PROMPT, options={"num_predict": 8})
        self.check_figures(answer)
        expect(answer.response, "there is a response")
        expect(answer.eval_count <= 8, "the token cap is respected")

    def test_generate_streamed(self):
        parts = list(self.client.generate(model=self.model, prompt=PROMPT, stream=True, options={"num_predict": 8}))
        self.check_figures(parts[-1])
        expect(all(not part.done for part in parts[:-1]), "only the last part is done")
        whole = self.client.generate(model=self.model, prompt=PROMPT, options={"num_predict": 8})
        expect(len("".join(part.response for part in parts)) > 0, "there is a response")
        expect(whole.done_reason == parts[-1].done_reason, "streamed or not, the answer ends alike")

    def test_chat(self):
        answer = self.client.chat(model=self.model, messages=[{"role": "user", "content": PROMPT}])
        self.check_figures(answer)
        expect(answer.message.role == "assistant", "the assistant answers")
        expect(answer.message.content, "there is a response")

    def test_chat_streamed(self):
        messages = [{"role": "system", "content": "Be terse."}, {"role": "user", "content": PROMPT}]
        parts = list(self.client.chat(model=self.model, messages=messages, stream=True))
        self.check_figures(parts[-1])
        expect("".join(part.message.content for part in parts), "there is a response")

    def test_load_and_unload(self):
        expect(self.client.generate(model=self.model).done_reason == "load", "an empty prompt loads")
        expect(self.client.generate(model=self.model, keep_alive=0).done_reason == "unload", "keep_alive 0 unloads")
        expect(self.client.chat(model=self.model).done_reason == "load", "an empty chat loads")

    def test_think(self):
        call = lambda: self.client.generate(model=self.model, prompt=PROMPT, think=True)
        error = raised(self.error, call)
        expect(error.status_code == 400, "thinking is refused by 400")
        expect("does not support thinking" in error.error, "and the reason is said")
        self.client.generate(model=self.model, prompt=PROMPT, think=False, options={"num_predict": 1})

    def test_missing_model(self):
        for call in (
            lambda: self.client.generate(model="missing", prompt="x"),
            lambda: list(self.client.generate(model="missing", prompt="x", stream=True)),
            lambda: self.client.chat(model="missing", messages=[{"role": "user", "content": "x"}]),
            lambda: self.client.show("missing"),
        ):
            error = raised(self.error, call)
            expect(error.status_code == 404, "a missing model is 404")
            expect(error.error == "model 'missing' not found", "and is named")

    @staticmethod
    def check_figures(answer):
        expect(answer.done is True, "the answer is done")
        expect(answer.done_reason in ("stop", "length"), "and says why")
        for name in ("total_duration", "load_duration", "prompt_eval_duration", "prompt_eval_count", "eval_count"):
            expect(getattr(answer, name) > 0, f"{name} is said")
        expect(answer.total_duration >= answer.load_duration, "the load is within the total")


class OpenAI:
    def __init__(self, url):
        import openai

        self.openai = openai
        self.client = openai.OpenAI(base_url=url + "/v1", api_key="none", max_retries=0)
        self.model = self.client.models.list().data[0].id
        self.messages = [{"role": "system", "content": "Be terse."}, {"role": "user", "content": PROMPT}]

    def test_models(self):
        model = self.client.models.list().data[0]
        expect(model.object == "model", "a model is listed")
        expect(model.model_extra["meta"]["n_ctx"] > 0, "with its context window")

    def test_chat(self):
        answer = self.client.chat.completions.create(
            model=self.model, messages=self.messages, max_tokens=8, extra_body={"cache_prompt": False}
        )
        expect(answer.choices[0].message.content, "there is a response")
        expect(answer.choices[0].finish_reason in ("stop", "length"), "it says why it ended")
        expect(0 < answer.usage.completion_tokens <= 8, "the token cap is respected")
        self.check_timings(answer)

    def test_chat_streamed(self):
        begun = time.monotonic()
        chunks = list(
            self.client.chat.completions.create(
                model=self.model, messages=self.messages, stream=True, stream_options={"include_usage": True}
            )
        )
        elapsed = time.monotonic() - begun
        expect(chunks[0].choices[0].delta.role == "assistant", "the role comes first")
        expect("".join(c.choices[0].delta.content or "" for c in chunks if c.choices), "there is a response")
        expect(chunks[-2].choices[0].finish_reason in ("stop", "length"), "it says why it ended")
        expect(chunks[-1].choices == [], "the usage chunk has no choices")
        self.check_timings(chunks[-1])
        reported = chunks[-1].model_extra["timings"]["predicted_ms"] / 1000
        expect(reported <= elapsed * 1.1, "the reported time of generation is within the measured one")

    def test_completions(self):
        answer = self.client.completions.create(model=self.model, prompt=PROMPT, max_tokens=8)
        expect(answer.choices[0].text, "there is a response")
        self.check_timings(answer)
        chunks = list(self.client.completions.create(model=self.model, prompt=PROMPT, max_tokens=8, stream=True))
        expect("".join(c.choices[0].text for c in chunks if c.choices), "there is a streamed response")

    def test_unknown_model(self):
        answer = self.client.chat.completions.create(model="missing", messages=self.messages, max_tokens=1)
        expect(answer.model != "missing", "llama-server answers for any model, under its own model's name")

    def test_errors(self):
        call = lambda: self.client.post("/chat/completions", body={"model": self.model}, cast_to=object)
        expect("'messages' is required" in str(raised(self.openai.BadRequestError, call)), "messages are required")
        call = lambda: self.client.models.retrieve("a/b")
        expect(raised(self.openai.NotFoundError, call).status_code == 404, "an unknown route is 404")

    @staticmethod
    def check_timings(answer):
        timings = answer.model_extra["timings"]
        expect(timings["predicted_n"] == answer.usage.completion_tokens, "timings and usage count alike")
        cached = answer.usage.prompt_tokens_details.cached_tokens
        expect(timings["prompt_n"] + cached == answer.usage.prompt_tokens, "evaluated and cached are the prompt")
        expect(timings["prompt_ms"] > 0, "the prompt took time")


def run(title, make, url):
    print(f"{title} at {url}", flush=True)
    failures = 0
    try:
        tests = make(url)
        names = [name for name in dir(tests) if name.startswith("test_")]
    except Exception:
        traceback.print_exc()
        return 1
    for name in names:
        try:
            getattr(tests, name)()
            print(f"  ok    {name}", flush=True)
        except Exception:
            failures += 1
            print(f"  FAIL  {name}\n{traceback.format_exc()}", flush=True)
    return failures


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ollama-url")
    parser.add_argument("--openai-url", help="without /v1")
    options = parser.parse_args()
    if not options.ollama_url and not options.openai_url:
        parser.error("nothing to test: give --ollama-url or --openai-url")
    failures = 0
    if options.ollama_url:
        failures += run("ollama", Ollama, options.ollama_url.rstrip("/"))
    if options.openai_url:
        failures += run("openai", OpenAI, options.openai_url.rstrip("/"))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
