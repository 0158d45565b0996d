# What drives a browser, fetched into the build tree: for the browser tests, and for the workshop's checks.

set(e2e_npm_dir ${CMAKE_BINARY_DIR}/tests/e2e/npm)
file(MAKE_DIRECTORY ${e2e_npm_dir})
add_custom_command(
    OUTPUT ${e2e_npm_dir}/fetched
    COMMAND ${CMAKE_COMMAND} -E copy
        ${CMAKE_CURRENT_LIST_DIR}/package.json ${CMAKE_CURRENT_LIST_DIR}/package-lock.json ${e2e_npm_dir}/
    COMMAND ${RUNNEL_NPM} --prefix ${e2e_npm_dir} ci --ignore-scripts --no-audit --no-fund --loglevel=error
    COMMAND ${CMAKE_COMMAND} -E touch ${e2e_npm_dir}/fetched
    DEPENDS ${CMAKE_CURRENT_LIST_DIR}/package.json ${CMAKE_CURRENT_LIST_DIR}/package-lock.json
    WORKING_DIRECTORY ${e2e_npm_dir}
    COMMENT "Fetching what drives a browser"
    VERBATIM)
add_custom_target(runnel_e2e ALL DEPENDS ${e2e_npm_dir}/fetched)
