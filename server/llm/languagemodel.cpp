#include "llm/languagemodel.h"
