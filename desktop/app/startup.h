#pragma once

#include "app/commandline.h"
#include "app/singleinstance.h"

namespace runnel {

//! What a second start with \a line asks of the first one. A link goes before --quick-ask, that
//! before --server; --session and --agent go with them.
[[nodiscard]] InstanceCommand commandOf(const CommandLine &line,
                                        const QProcessEnvironment &environment);

//! All that comes before a window: reads \a arguments, sees whether there is a screen, and hands
//! over to the instance that runs already, if one does. What it gives is a first start's, for which
//! \a instance then holds the lock of \a place; or how this start ends. Runs the event loop of a
//! QCoreApplication for as long as it hands over: InstanceMessenger::limit at most.
[[nodiscard]] Result<CommandLine, CommandLineEnd> startUp(const QStringList &arguments,
                                                          const QProcessEnvironment &environment,
                                                          const InstancePlace &place,
                                                          SingleInstance &instance);

} // namespace runnel
