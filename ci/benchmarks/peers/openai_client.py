#!/usr/bin/env python3
"""Paced streaming with OpenAI's official client, as its documentation shows it."""

import exchanges
import openai

chosen = exchanges.options()
client = openai.AsyncOpenAI(base_url=chosen.url + "/v1", api_key="none", max_retries=0)


async def call(exchange: exchanges.Exchange, prompt: str) -> None:
    stream = await client.chat.completions.create(
        model=chosen.model, messages=[{"role": "user", "content": prompt}], stream=True,
        stream_options={"include_usage": True}, extra_headers={"X-Request-Id": str(exchange.id)})
    async for chunk in stream:
        if chunk.choices and chunk.choices[0].delta.content:
            exchange.token()


exchanges.run(chosen, call)
