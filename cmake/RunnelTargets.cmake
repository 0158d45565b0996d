# What every target of the house has in common: C++20, strict Qt, warnings, moc.
#
#   runnel_add_library(NAME SOURCES … HEADERS … [LIBS …] [PRIVATE_LIBS …])   a room: a static library
#   runnel_add_executable(NAME SOURCES … [LIBS …])                          goes to bin/
#   runnel_add_test(NAME SOURCES … [LIBS …] [LABELS …] [TIMEOUT seconds])    a Qt Test program known to ctest

include(GNUInstallDirs)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_AUTOMOC ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

find_package(Qt6 6.4.2 REQUIRED COMPONENTS Core Network WebSockets)

add_library(runnel_options INTERFACE)
target_compile_definitions(runnel_options INTERFACE
    QT_NO_CAST_FROM_ASCII
    QT_NO_CAST_TO_ASCII
    QT_NO_URL_CAST_FROM_STRING
    QT_NO_CAST_FROM_BYTEARRAY
    QT_NO_KEYWORDS
    QT_NO_FOREACH
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    QT_STRICT_ITERATORS
    QT_USE_QSTRINGBUILDER
    QT_DISABLE_DEPRECATED_BEFORE=0x060400
    RUNNEL_VERSION="${PROJECT_VERSION}")
target_compile_options(runnel_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
    -Wold-style-cast -Wcast-qual -Wundef -Wdouble-promotion -Wformat=2 -Wnull-dereference
    $<$<BOOL:${RUNNEL_WARNINGS_AS_ERRORS}>:-Werror>)
# As Qt on x86 asks for anyway: a precompiled header fits only targets with the same flags.
target_compile_options(runnel_options INTERFACE -fPIC)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # g++ 12 sees null dereferences inside Qt's and the standard library's own inlined templates.
    target_compile_options(runnel_options INTERFACE -Wno-null-dereference)
endif()
if(RUNNEL_SANITIZE)
    add_compile_options(-fsanitize=${RUNNEL_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${RUNNEL_SANITIZE})
endif()

# For what is passed on, as every package of Debian is compiled: its own flags for hardening, and none of the builder's
# folders in the program.
option(RUNNEL_DEBIAN_FLAGS "Compile and link with the flags of dpkg-buildflags" OFF)
if(RUNNEL_DEBIAN_FLAGS)
    find_program(RUNNEL_BUILDFLAGS dpkg-buildflags REQUIRED)
    foreach(kind CPPFLAGS CXXFLAGS LDFLAGS)
        # Without debug information, which would be stripped from the package anyway.
        execute_process(
            COMMAND ${CMAKE_COMMAND} -E env DEB_BUILD_MAINT_OPTIONS=hardening=+all DEB_CXXFLAGS_MAINT_STRIP=-g
                ${RUNNEL_BUILDFLAGS} --get ${kind}
            WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} OUTPUT_VARIABLE flags OUTPUT_STRIP_TRAILING_WHITESPACE
            COMMAND_ERROR_IS_FATAL ANY)
        separate_arguments(RUNNEL_DEBIAN_${kind} UNIX_COMMAND "${flags}")
    endforeach()
    # Objects go into programs and archives alike, so they are all -fPIC, which is more than -fPIE.
    list(REMOVE_ITEM RUNNEL_DEBIAN_CXXFLAGS -fPIE)
    add_compile_options(${RUNNEL_DEBIAN_CPPFLAGS} ${RUNNEL_DEBIAN_CXXFLAGS})
    add_link_options(${RUNNEL_DEBIAN_LDFLAGS})
endif()

# Qt's headers are most of what a compiler reads here, so they are read once. Off where a source must show that it
# includes what it uses, in the server's image, and under clang, which cannot read what g++ wrote.
option(RUNNEL_PRECOMPILE_HEADERS "Read the standard library's and Qt's headers once for all targets" ON)

# runnel_precompile(NAME [FLAGS …]): the unit that a precompiled header belongs to. g++ takes it only where all of
# its macros are defined, so it has those of Qt6::Core alone; of other modules it knows where their headers are.
function(runnel_precompile name)
    add_library(${name} OBJECT ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/precompiled.cpp)
    set_target_properties(${name} PROPERTIES AUTOMOC OFF)
    target_link_libraries(${name} PRIVATE runnel_options Qt6::Core)
    foreach(module Network WebSockets)
        target_include_directories(${name} SYSTEM PRIVATE
            $<TARGET_PROPERTY:Qt6::${module},INTERFACE_INCLUDE_DIRECTORIES>)
    endforeach()
    target_compile_options(${name} PRIVATE ${ARGN})
    target_precompile_headers(${name} PRIVATE ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/precompiled.h)
endfunction()

# To optimise what runs once took most of a build: under the sanitizers a test takes 57 s to compile, so 15.
set(runnel_test_flags $<$<CONFIG:Release>:-O0> $<$<CONFIG:RelWithDebInfo>:-O0>)
if(RUNNEL_PRECOMPILE_HEADERS)
    runnel_precompile(runnel_precompiled)
    if(RUNNEL_BUILD_TESTS)
        runnel_precompile(runnel_precompiled_tests ${runnel_test_flags})
    endif()
endif()

function(runnel_reuse_precompiled name from)
    if(RUNNEL_PRECOMPILE_HEADERS)
        target_precompile_headers(${name} REUSE_FROM ${from})
    endif()
endfunction()

function(runnel_add_library name)
    cmake_parse_arguments(arg "" "" "SOURCES;HEADERS;LIBS;PRIVATE_LIBS" ${ARGN})
    add_library(${name} STATIC)
    target_sources(${name} PRIVATE ${arg_SOURCES})
    # The rooms include each other as "room/file.h", so the base is the folder above the room.
    target_sources(${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${CMAKE_CURRENT_SOURCE_DIR}/.. FILES ${arg_HEADERS})
    target_link_libraries(${name} PUBLIC Qt6::Core ${arg_LIBS} PRIVATE runnel_options ${arg_PRIVATE_LIBS})
    runnel_reuse_precompiled(${name} runnel_precompiled)
endfunction()

function(runnel_add_executable name)
    cmake_parse_arguments(arg "" "" "SOURCES;LIBS" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE runnel_options Qt6::Core ${arg_LIBS})
    runnel_reuse_precompiled(${name} runnel_precompiled)
endfunction()

function(runnel_add_test name)
    cmake_parse_arguments(arg "" "TIMEOUT" "SOURCES;LIBS;LABELS" ${ARGN})
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 60)
    endif()
    add_executable(${name} ${arg_SOURCES})
    # What is labelled plain, too, needs what a build with sanitizers has not: the page's libraries, the bench, its times.
    if(NOT RUNNEL_BUILD_FAST_TESTS AND arg_LABELS STREQUAL "fast")
        set_target_properties(${name} PROPERTIES EXCLUDE_FROM_ALL ON)
    endif()
    # Mostly one source, with classes of its own in an anonymous namespace: g++ warns of those in what is included.
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests UNITY_BUILD OFF)
    target_link_libraries(${name} PRIVATE runnel_options Qt6::Core Qt6::Test ${arg_LIBS})
    target_compile_options(${name} PRIVATE ${runnel_test_flags})
    runnel_reuse_precompiled(${name} runnel_precompiled_tests)
    # Nearly always empty, for a test includes its own moc file: read without the header it takes no time.
    set_source_files_properties(${CMAKE_CURRENT_BINARY_DIR}/${name}_autogen/mocs_compilation.cpp
        PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
    target_compile_definitions(${name} PRIVATE
        RUNNEL_SOURCE_DIR="${PROJECT_SOURCE_DIR}" RUNNEL_BINARY_DIR="${PROJECT_BINARY_DIR}")
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES
        TIMEOUT ${arg_TIMEOUT}
        LABELS "${arg_LABELS}"
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;QT_QUICK_BACKEND=software;QTEST_FUNCTION_TIMEOUT=60000;QT_LOGGING_RULES=runnel.*.debug=false\nrunnel.*.info=false")
endfunction()
