@echo off
rem Starts tokenform on Windows, as the script "tokenform" beside this one does elsewhere.
rem
rem   JAVA_HOME             the Java to use, 17 or newer; else, or if it is older, the one on PATH. With a
rem                         Java of its own in the folder runtime, it uses that
rem   TOKENFORM_JAVA_OPTS   more options for the JVM, separated by blanks
rem   TOKENFORM_CDS         off:  use no class data archive
rem                         make: make the one for this Java inside the distribution, and exit
rem
rem cmd reads the arguments before this script does. What stands in double quotes arrives as it is, except
rem that the name of a variable between two percent signs becomes its value. There must be no "call" with an
rem argument and no delayed expansion here: both would change percent signs, carets and exclamation marks.
rem
rem cmd looks for a program in the current folder before it looks in Path, and a commit may have put one
rem there. So each program here has its whole path.
setlocal DisableDelayedExpansion EnableExtensions
rem A variable of this name would hide the exit code.
set "ERRORLEVEL="

call :home
set "tokenform_lib=%tokenform_home%\lib"
set "tokenform_jar=%tokenform_lib%\tokenform.jar"
rem Which build's jars these are: an archive has the classes of one build.
set "tokenform_jars="
if exist "%tokenform_lib%\jars.digest" for /f "usebackq" %%A in ("%tokenform_lib%\jars.digest") do set "tokenform_jars=%%A"
if not "%tokenform_lib:;=%"=="%tokenform_lib%" goto semicolon

set "tokenform_own=%tokenform_home%\runtime"
set "tokenform_archive=%tokenform_own%\lib\tokenform-%tokenform_jars%.jsa"
set "tokenform_java=%tokenform_own%\bin\java.exe"
if exist "%tokenform_java%" goto found
set "tokenform_own="

set "tokenform_of_home="
if not defined JAVA_HOME goto path
set "tokenform_from=JAVA_HOME"
rem Some have it with quotes around it, or with a backslash at the end.
set "tokenform_java=%JAVA_HOME:"=%"
set "tokenform_java=%tokenform_java%\bin\java.exe"
set "tokenform_java=%tokenform_java:\\bin=\bin%"
goto examine

:path
set "tokenform_from=PATH"
set "tokenform_java="
for %%I in (java.exe) do set "tokenform_java=%%~$PATH:I"
set "tokenform_problem=%tokenform_from%: there is no java.exe"
if not defined tokenform_java goto unusable

:examine
set "tokenform_version="
rem Without quotes around the whole: what stands in the path, as &, must be between quotes.
set tokenform_problem=%tokenform_from%: there is no "%tokenform_java%"
if not exist "%tokenform_java%" goto unusable
rem The file "release" of a home tells sooner than its Java does.
for %%I in ("%tokenform_java%") do set "tokenform_release=%%~dpI..\release"
if exist "%tokenform_release%" for /f "usebackq tokens=1,2 delims==" %%A in ("%tokenform_release%") do if "%%A"=="JAVA_VERSION" set "tokenform_version=%%~B"
if defined tokenform_version goto compare
rem It says: openjdk version "17.0.15" 2025-04-15
for /f "tokens=2,3" %%A in ('^""%tokenform_java%" -version 2^>^&1^"') do if "%%A"=="version" set "tokenform_version=%%~B"

:compare
rem Java 8 and older call themselves 1.8.0_402.
set "tokenform_major=0"
for /f "delims=.-_+ " %%A in ("%tokenform_version%") do set /a "tokenform_major=%%A" 2>nul
set "tokenform_archive=%tokenform_lib%\cds\windows\%tokenform_version%-%tokenform_jars%.jsa"
if %tokenform_major% GEQ 17 goto found
set tokenform_problem=%tokenform_from%: "%tokenform_java%" is not a Java that runs
if defined tokenform_version set tokenform_problem=%tokenform_from%: "%tokenform_java%" is Java %tokenform_version%

:unusable
if "%tokenform_from%"=="PATH" goto nothing
set tokenform_of_home=%tokenform_problem%
goto path

:nothing
>&2 echo tokenform: Java 17 or newer is needed, and was not found:
if defined tokenform_of_home >&2 echo   %tokenform_of_home%
>&2 echo   %tokenform_problem%
>&2 echo Install one, and set JAVA_HOME to its directory or put its java.exe on PATH.
exit /b 1

:semicolon
>&2 echo tokenform: Java cannot load classes from a path with a semicolon in it: "%tokenform_lib%"
>&2 echo Move tokenform to another directory.
exit /b 1

:found
if "%TOKENFORM_CDS%"=="make" goto make
set "tokenform_share="
if not "%TOKENFORM_CDS%"=="off" if exist "%tokenform_archive%" set tokenform_share="-XX:SharedArchiveFile=%tokenform_archive%"

rem What is printed is UTF-8, whatever the console takes it for. This asks which code page that has, and
rem gives it back afterwards.
set "tokenform_chcp=%SystemRoot%\System32\chcp.com"
set "tokenform_page="
for /f "tokens=2 delims=:." %%C in ('^""%tokenform_chcp%" 2^>nul^"') do set "tokenform_page=%%C"
if defined tokenform_page set "tokenform_page=%tokenform_page: =%"
if "%tokenform_page%"=="65001" set "tokenform_page="
if defined tokenform_page "%tokenform_chcp%" 65001 >nul 2>&1

rem The options are those of the script "tokenform", which has the reasons. Which streams are a console, only
rem the JVM can ask here; the last option has it ask without a library for editing lines.
"%tokenform_java%" -XX:TieredStopAtLevel=1 -XX:Tier3InvocationThreshold=400 -XX:+UseSerialGC -Xshare:auto %tokenform_share% -Xlog:disable -XX:+DisplayVMOutputToStderr -XX:-CreateCoredumpOnCrash -XX:ErrorFile=NUL -XX:-UsePerfData -Djdk.reflect.useNativeAccessorOnly=true -Dtokenform.terminal=console -Djdk.console=java.base %TOKENFORM_JAVA_OPTS% -cp "%tokenform_jar%" io.tokenform.cli.Main %*
set "tokenform_exit=%ERRORLEVEL%"
if defined tokenform_page "%tokenform_chcp%" %tokenform_page% >nul 2>&1
exit /b %tokenform_exit%

:make
for %%I in ("%tokenform_archive%") do if not exist "%%~dpI" mkdir "%%~dpI"
rem Those of the jars that were here before.
if defined tokenform_own del "%tokenform_own%\lib\tokenform-*.jsa" >nul 2>&1
if not defined tokenform_own del "%tokenform_lib%\cds\windows\%tokenform_version%-*.jsa" >nul 2>&1
rem It goes on top of the archive of the JDK's own classes, which a Java of ours does not have yet.
if defined tokenform_own if not exist "%tokenform_own%\bin\server\classes.jsa" "%tokenform_java%" -Xshare:dump >nul 2>&1
rem It has the classes that one plan loads.
"%tokenform_java%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xlog:disable -Djdk.reflect.useNativeAccessorOnly=true "-XX:ArchiveClassesAtExit=%tokenform_archive%" -cp "%tokenform_jar%" io.tokenform.cli.Main plan -f "%tokenform_home%\examples\quickstart\tokens.yaml" >nul 2>&1
if exist "%tokenform_archive%" exit /b 0
>&2 echo tokenform: could not make a class data archive for "%tokenform_java%": "%tokenform_archive%"
exit /b 1

:home
rem A script that cmd finds in Path by its name in quotes is told that it lies in the current folder. What is
rem called is told the truth.
for %%I in ("%~dp0..") do set "tokenform_home=%%~fI"
exit /b 0
