#pragma once

#include <QLatin1String>

//! Every name that stands on the wire, once. The page's twin is frontend/js/protocol.js.
namespace runnel::keys {

inline constexpr QLatin1String subprotocol("runnel.v1");
inline constexpr QLatin1String pathPrefix("/ws/chat/");
//! Of the address' query, with `epoch`: the newest frame that a client that comes back has.
inline constexpr QLatin1String after("after");

inline constexpr QLatin1String active("active");
inline constexpr QLatin1String agent("agent");
inline constexpr QLatin1String agents("agents");
inline constexpr QLatin1String answerTokens("answer_tokens");
inline constexpr QLatin1String answering("answering");
inline constexpr QLatin1String arguments("arguments");
inline constexpr QLatin1String at("at");
inline constexpr QLatin1String attempt("attempt");
inline constexpr QLatin1String cachedTokens("cached_tokens");
inline constexpr QLatin1String call("call");
inline constexpr QLatin1String code("code");
inline constexpr QLatin1String content("content");
inline constexpr QLatin1String conversation("conversation");
inline constexpr QLatin1String conversations("conversations");
inline constexpr QLatin1String costUsd("cost_usd");
inline constexpr QLatin1String createdAt("created_at");
inline constexpr QLatin1String decision("decision");
inline constexpr QLatin1String demo("demo");
inline constexpr QLatin1String description("description");
inline constexpr QLatin1String end("end");
inline constexpr QLatin1String epoch("epoch");
inline constexpr QLatin1String error("error");
inline constexpr QLatin1String exportedAt("exported_at");
inline constexpr QLatin1String finishReason("finish_reason");
inline constexpr QLatin1String format("format");
inline constexpr QLatin1String id("id");
inline constexpr QLatin1String limits("limits");
inline constexpr QLatin1String match("match");
inline constexpr QLatin1String message("message");
inline constexpr QLatin1String messageBytes("message_bytes");
inline constexpr QLatin1String messageId("message_id");
inline constexpr QLatin1String messages("messages");
inline constexpr QLatin1String model("model");
inline constexpr QLatin1String ms("ms");
inline constexpr QLatin1String name("name");
inline constexpr QLatin1String next("next");
inline constexpr QLatin1String parent("parent");
inline constexpr QLatin1String parentId("parent_id");
inline constexpr QLatin1String pinned("pinned");
inline constexpr QLatin1String promptTokens("prompt_tokens");
inline constexpr QLatin1String queuedMessages("queued_messages");
inline constexpr QLatin1String ranges("ranges");
inline constexpr QLatin1String resumed("resumed");
inline constexpr QLatin1String retryAfterMs("retry_after_ms");
inline constexpr QLatin1String role("role");
inline constexpr QLatin1String seq("seq");
inline constexpr QLatin1String session("session");
inline constexpr QLatin1String sources("sources");
inline constexpr QLatin1String spans("spans");
inline constexpr QLatin1String start("start");
inline constexpr QLatin1String state("state");
inline constexpr QLatin1String taken("taken");
inline constexpr QLatin1String text("text");
inline constexpr QLatin1String thoughtTokens("thought_tokens");
inline constexpr QLatin1String thoughts("thoughts");
inline constexpr QLatin1String title("title");
inline constexpr QLatin1String tool("tool");
inline constexpr QLatin1String tools("tools");
inline constexpr QLatin1String totalTokens("total_tokens");
inline constexpr QLatin1String turn("turn");
inline constexpr QLatin1String type("type");
inline constexpr QLatin1String updatedAt("updated_at");
inline constexpr QLatin1String url("url");
inline constexpr QLatin1String usage("usage");
inline constexpr QLatin1String version("version");

} // namespace runnel::keys

//! The values of `type`.
namespace runnel::types {

inline constexpr QLatin1String message("message");
inline constexpr QLatin1String stop("stop");
inline constexpr QLatin1String regenerate("regenerate");
inline constexpr QLatin1String edit("edit");
inline constexpr QLatin1String goOn("continue");
inline constexpr QLatin1String select("select");
inline constexpr QLatin1String decide("decide");

inline constexpr QLatin1String session("session");
inline constexpr QLatin1String snapshot("snapshot");
inline constexpr QLatin1String user("user");
inline constexpr QLatin1String turn("turn");
inline constexpr QLatin1String chunk("chunk");
inline constexpr QLatin1String thought("thought");
inline constexpr QLatin1String retry("retry");
inline constexpr QLatin1String agent("agent");
inline constexpr QLatin1String toolCall("tool_call");
inline constexpr QLatin1String toolResult("tool_result");
inline constexpr QLatin1String sources("sources");
inline constexpr QLatin1String complete("complete");
inline constexpr QLatin1String branch("branch");
inline constexpr QLatin1String title("title");
inline constexpr QLatin1String error("error");

} // namespace runnel::types

//! The values of an `agent` frame's `state`.
namespace runnel::floorStates {

inline constexpr QLatin1String started("started");
inline constexpr QLatin1String finished("finished");

} // namespace runnel::floorStates
