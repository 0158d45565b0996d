# Lays the scripts and their libraries out in the build tree; npm runs only when the lock file has changed.
file(MAKE_DIRECTORY ${INTO})
file(COPY ${SOURCE}/package.json ${SOURCE}/schemas.mjs ${SOURCE}/schemas.test.mjs DESTINATION ${INTO})
file(SHA256 ${SOURCE}/package-lock.json wanted)
set(have "")
if(EXISTS ${INTO}/installed)
    file(READ ${INTO}/installed have)
endif()
if(NOT have STREQUAL wanted)
    file(COPY ${SOURCE}/package-lock.json DESTINATION ${INTO})
    execute_process(
        COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund --loglevel=error
        WORKING_DIRECTORY ${INTO} COMMAND_ERROR_IS_FATAL ANY)
    file(WRITE ${INTO}/installed ${wanted})
endif()
